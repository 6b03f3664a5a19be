"""A scanner that shows itself as a keyboard: its event node, its records, its keys."""
