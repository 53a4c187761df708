"""Products to HTML, through Jinja."""
