"""A reader of resident ID cards as its driver meets it: a SAM_V module, invented cards, and what goes wrong."""
