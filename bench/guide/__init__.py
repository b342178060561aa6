"""The safeguarding guide, `docs/safeguarding.md`, made of what is really sent."""
