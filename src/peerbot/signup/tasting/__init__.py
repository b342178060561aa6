"""Trying one meeting."""
