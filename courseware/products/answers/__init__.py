"""The answer key."""
