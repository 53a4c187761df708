"""Programs for those who work on courseware."""
