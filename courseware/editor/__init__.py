"""The language server: a course seen while it is written. Needs the extra `editor`, imported here alone."""
