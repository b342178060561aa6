"""Who was there, who will not come, who was missed: as little as possible, and not for long."""
