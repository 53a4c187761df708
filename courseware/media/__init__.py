"""Pictures, drawings, formulas and code made ready for pages and slides."""
