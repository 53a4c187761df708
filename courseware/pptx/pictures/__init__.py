"""Pictures on slides, and slides as pictures."""
