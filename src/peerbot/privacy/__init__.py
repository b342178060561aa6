"""Privacy: what is kept about a person, and its end."""
