"""What can be said: classes, relations, vocabularies, shapes, and the typed views of them."""
