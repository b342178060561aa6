"""Discord and the world outside: events in, effects out. No rule lives here."""
