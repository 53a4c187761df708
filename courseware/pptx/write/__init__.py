"""Composed slides as the parts of a presentation."""
