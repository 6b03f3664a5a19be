"""Settings and documents that people write: declared, typed, bounded, and read with all mistakes reported at once."""
