"""Files put in their place, or taken away."""
