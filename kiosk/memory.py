"""Keeping memory small on a machine of 1 to 4 GB: fewer arenas, and what is free goes back to the system."""

from __future__ import annotations

import ctypes
import gc
import os

_M_ARENA_MAX = -8  # malloc.h of glibc
_M_TRIM_THRESHOLD = -1
_M_MMAP_THRESHOLD = -3
_TRIM_BYTES = 128 * 1024
_MAPPED_BYTES = 64 * 1024
"""From this size on a piece comes straight from the system and goes back at once: of such ones frames are made."""


def be_frugal() -> None:
    """Before threads and libraries of the screen are there: one arena for all threads, early trimming.

    ``LP_NUM_THREADS`` tells Mesa's software renderer to draw in the calling thread; a graphics chip ignores it.
    """
    os.environ.setdefault("LP_NUM_THREADS", "0")
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)  # another C library than glibc has none
    if mallopt is not None:
        mallopt(_M_ARENA_MAX, 1)
        mallopt(_M_TRIM_THRESHOLD, _TRIM_BYTES)
        mallopt(_M_MMAP_THRESHOLD, _MAPPED_BYTES)


def settle_down() -> None:
    """Once all is built: what is there now stays, and is never looked through for garbage again.

    A collection after a change of screen then looks through a sixth of the objects; all of them took 67 ms.
    """
    gc.collect()
    gc.freeze()


def give_back() -> None:
    """Collect what is unreachable and return free pages to the system; some ten milliseconds, while nobody waits."""
    gc.collect()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
