"""Text on slides: its faces, how wide it is, where its lines end."""
