"""HTML to tagged PDF, by the layout engine."""
