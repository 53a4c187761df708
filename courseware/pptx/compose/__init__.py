"""A deck's HTML laid out on slides."""
