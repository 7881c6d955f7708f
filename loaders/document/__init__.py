"""The text: bytes to blocks of repaired text that still know where every character came from."""
