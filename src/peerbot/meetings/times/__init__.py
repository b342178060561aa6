"""When what happens around a meeting: the times that a group can set."""
