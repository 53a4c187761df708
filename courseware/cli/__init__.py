"""What the commands of the command line share. Heavy imports are inside functions."""
