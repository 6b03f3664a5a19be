"""What the screen shows next: a pure state machine. State × event → state and effects; no Kivy, no clock, no I/O."""
