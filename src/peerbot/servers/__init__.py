"""A server: its settings, its team and its staff channels."""
