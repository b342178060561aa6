"""Groups, seats, waitlists and offers."""
