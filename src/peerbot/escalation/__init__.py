"""Escalation: a person in trouble reaches a human. Levels say how fast we answer, never how anybody is."""
