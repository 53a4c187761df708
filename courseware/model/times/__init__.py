"""When what happens in a session, and for how long. No I/O."""
