"""Places: parks, bases, platforms, projects, and what moves from one region to another."""
