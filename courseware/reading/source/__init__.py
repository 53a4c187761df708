"""Bytes to text: encoding, front matter, language."""
