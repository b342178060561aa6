"""Queues for a seat, and one offer at a time."""
