"""A QR scanner in keyboard mode: records on a pipe in place of an event node, and the kernel around it."""
