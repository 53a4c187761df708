"""The run book: the course on one page, its days, materials and prints, then the guides."""
