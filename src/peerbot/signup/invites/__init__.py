"""Codes that lead into a private group."""
