"""What the team does with a concern, from taking it to closing it."""
