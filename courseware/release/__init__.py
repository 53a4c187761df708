"""A release: archives of a course's files, their manifest, and what changed since the last."""
