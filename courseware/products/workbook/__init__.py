"""The workbook: all that learners get of a course, in one file."""
