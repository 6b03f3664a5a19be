"""The central office. Not built yet; README.md beside this file says what it will be."""
