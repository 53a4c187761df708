"""Bytes to `Session`: text, front matter, markdown, blocks, outline, recognition."""
