"""Running the program: what is checked first, what the log shows, who notices when it stops, how it ends."""
