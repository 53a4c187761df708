"""What written files are looked through for: leaks, agreement, how well pages are made up."""
