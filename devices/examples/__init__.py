"""Short programs with one device each: ``python -m devices.examples.read_card --help``."""
