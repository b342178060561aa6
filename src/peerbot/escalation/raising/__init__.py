"""What a person who needs the team sees, does and hears."""
