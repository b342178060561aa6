"""What facilitators do with a meeting, and what they see of it."""
