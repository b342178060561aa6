"""The rota: who is on duty when, what teammates do with it, and who can be reached now."""
