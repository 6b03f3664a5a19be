"""What an audit finds: which rule, on which screen, at what, how much there is and how much is wanted. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Rule(StrEnum):
    """The rules of the screen that can be measured."""

    TEXT_CUT = "text.cut"  # words are lost, or take more room than their box has
    TEXT_OUTSIDE = "text.outside"  # words run off the glass, or off the button on which they stand
    TEXT_OVERLAPS = "text.overlaps"  # words lie on other words, or under a target that is not theirs
    TEXT_SMALL = "text.small"  # capitals under 6.1 mm where a resident reads
    TEXT_PALE = "text.pale"  # too little contrast, counted in pixels
    TEXT_HIDDEN = "text.hidden"  # words whose colour is nowhere in the picture: something lies over them
    TARGET_SMALL = "target.small"  # under 16 mm across or up
    TARGET_OUTSIDE = "target.outside"
    TARGETS_CLOSE = "targets.close"  # under 3 mm apart
    GLYPH_MISSING = "glyph.missing"
    UNPRINTABLE = "text.unprintable"
    UNTRANSLATED = "text.untranslated"  # a key, an empty place, or words of another language
    NO_WAY_ON = "way.none"  # nothing to press that leads back or ends the visit
    NO_HOME = "way.no_home"
    NO_TIME_OUT = "time.none"  # left alone, it never comes back to the first screen
    CHOICES = "choices.many"
    NO_SPEECH = "voice.none"
    SPEECH_TELLS = "voice.tells"  # a name or a number would be said aloud
    HELP_MISSING = "help.missing"
    HELP_MOVED = "help.moved"
    TOUCHES = "touches.many"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong. ``widget`` is what it is about, in the words that stand on it."""

    rule: Rule
    screen: str
    widget: str
    measured: str
    wanted: str

    def __str__(self) -> str:
        return f"{self.rule}  {self.screen}: {self.widget!r} {self.measured}, wanted {self.wanted}"
