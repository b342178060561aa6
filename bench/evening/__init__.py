"""Evenings of a group over the wire: who is there, what they do, and what must be true afterwards."""
