"""The course's days: what course.yml says of them, sessions poured into them, the calendar."""
