"""Pausing somebody's access, ending their membership, and the way back."""
