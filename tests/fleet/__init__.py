"""Small fleets with one office, seeded: everything that can go wrong, and an oracle that stands outside."""
