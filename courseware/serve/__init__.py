"""The preview: a course's pages as they are printed, made anew on every save, on this machine alone."""
