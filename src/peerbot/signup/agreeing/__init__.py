"""What people agree to, and what coordinators add to it."""
