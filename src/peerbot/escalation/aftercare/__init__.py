"""What follows a concern: the team talks, somebody writes the next day, a lead looks again."""
