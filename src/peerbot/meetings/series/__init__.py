"""Series: the rule by which a group meets, the dates that come of it, and every change of them."""
