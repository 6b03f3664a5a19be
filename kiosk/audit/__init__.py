"""What really stands on the screen, measured against what old hands and eyes need. For tours, tests and the field."""
