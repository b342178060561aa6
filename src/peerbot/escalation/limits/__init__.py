"""Never limited: what pages nobody and goes to the leads instead, and how nobody is named by it."""
