"""The agreement, the limits of confidentiality, and who accepted them."""
