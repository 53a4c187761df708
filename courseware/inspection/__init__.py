"""What written files are looked through for: leaks, agreement with the session."""
