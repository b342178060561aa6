"""Looking for a group: the list, what narrows it, and the lasting panel."""
