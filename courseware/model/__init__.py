"""What a session is: frozen types, totals as methods, projection by audience. No I/O."""
