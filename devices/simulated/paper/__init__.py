"""A strict reader of ESC/POS, independent of the driver that writes it, and a picture of what it read."""
