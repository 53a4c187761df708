"""Times as authors write them: in headings, in words, on a clock, as an agenda."""
