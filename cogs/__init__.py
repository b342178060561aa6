"""The menus: what each person can type and press, one file for each pillar."""
