"""The engine room: storage, time, timers, facts, the outbox, texts and errors. It knows nothing of support groups."""
