"""What can be asked: the question library and the analyses."""
