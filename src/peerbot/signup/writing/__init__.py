"""Who would rather write than speak: what they said, and what it changes for them."""
