"""Practice of the whole chain, by real pages."""
