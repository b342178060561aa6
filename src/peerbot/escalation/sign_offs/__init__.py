"""Two people decide: who may agree to what, who is asked next, and what stands when nobody answers."""
