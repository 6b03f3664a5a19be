"""The worker: the stations' frames into the books, the office's entries out, over one broker."""
