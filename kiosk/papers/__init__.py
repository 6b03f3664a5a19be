"""The papers of the station: what is printed, as values, and how it is laid out. Pure."""
