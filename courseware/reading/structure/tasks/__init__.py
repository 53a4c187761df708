"""Exercises: where they begin, their tasks, choices, gaps and answers."""
