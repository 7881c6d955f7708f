"""What is held to be true: facts become rows of two tables, and every store and view is written from these."""
