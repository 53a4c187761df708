"""The worksheet: what learners write on, and how much space they get."""
