"""Jobs and their edges, running them, and publishing what they made."""
