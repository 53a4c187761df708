"""The built-in slide template as tables and as XML; `tools/slide_template.py` writes it."""
