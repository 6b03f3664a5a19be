"""How dark a screen is that nobody uses. Pure."""

from __future__ import annotations

from enum import IntEnum


class Dimness(IntEnum):
    """From bright to black. On everything but ``BRIGHT`` the first touch only wakes."""

    BRIGHT = 0
    DIM = 1  # nobody was here for a while
    DARK = 2  # in the evening, by the hours of the board
    OFF = 3  # at night, by the hours of the board
