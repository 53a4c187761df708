"""Words of all languages that a text in any of them is looked through for: a list a file."""
