"""Seats that a coordinator confirms, and people to keep apart."""
