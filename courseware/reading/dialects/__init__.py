"""What other tools write, read as what it means here."""
