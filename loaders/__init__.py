"""What the sources say: each loader is a pure function from a document to facts with evidence."""
