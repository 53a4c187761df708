"""Blocks to a session: sections, exercises, parts, fields and times."""
