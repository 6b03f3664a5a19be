"""What can be spoken: a line of fragments, each of which a person may have recorded."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fragment:
    """A piece of speech. ``id`` names its recording (small letters, digits, ``_``, ``.``), ``text`` is what it says.

    ``language`` is empty for the station's own, else its two letters (``en``): a made voice has to know.
    """

    id: str
    text: str
    language: str = ""


SpokenLine = tuple[Fragment, ...]
"""Fragments that are spoken one after the other. An empty one is silence."""
