"""What a build remembers of earlier ones."""
