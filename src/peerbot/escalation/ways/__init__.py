"""The ways to a person of the team: whether each was seen to work, proved by test pages."""
