"""Products to files: HTML through Jinja, PDF through WeasyPrint, checks on what was written."""
