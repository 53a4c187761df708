"""Tagged PDFs of this program joined to one: pages, tags, fields, bookmarks, links and places of all.

A part is read with pikepdf, its objects are numbered on and written, and it is forgotten; what is held
of it are its places, notes and fields. So memory does not grow with the parts' trees.
"""
