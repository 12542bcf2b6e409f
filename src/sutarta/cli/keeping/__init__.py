"""Keeping copies: the sealed file, what goes into it, and when old ones go."""
