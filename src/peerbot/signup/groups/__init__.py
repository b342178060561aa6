"""A group's life: made, changed, resting, ended; who is in it for those who hold it."""
