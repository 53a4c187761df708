"""A course on disk: course.yml, its session files in order, what is left out."""
