"""Tasks that are answered in a table: something of each of several things, cases sorted in classes."""
