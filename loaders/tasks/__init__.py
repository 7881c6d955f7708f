"""Tasks: who has to do what until when."""
