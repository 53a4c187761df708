"""A template's layouts: their places, and how text in them is set."""
