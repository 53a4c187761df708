"""Rules on a course: each looks at what was read and says what an author should mend."""
