"""Rooms whose deletion waits, because an urgent concern is tied to them."""
