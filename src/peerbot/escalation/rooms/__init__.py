"""Rooms of a concern: the raiser's side room, the room one of the team looks into, the room that is kept."""
