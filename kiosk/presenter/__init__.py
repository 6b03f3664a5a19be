"""From the state of the screen to what it shows: pure, all texts filled in. Tests build every view without Kivy."""
