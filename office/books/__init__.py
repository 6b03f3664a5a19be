"""The books: what the office keeps, and the pages that show it."""
