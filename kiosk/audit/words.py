"""Words: every character has a glyph and can be printed, and all is in the language that was chosen. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from kiosk.audit.finding import Finding, Rule
from kiosk.audit.seen import Seen
from kiosk.look import CHINESE

_KEY = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)+")
_PLACE = re.compile(r"\{\w*\}")
_HANZI = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
_LATIN = re.compile(r"[A-Za-z]{3,}")
_NUMBER = re.compile(r"[A-Z]{1,3}-[0-9]+(-[0-9A-Z])?")  # of a voucher
_LANGUAGES = ("English", "\u4e2d\u6587")  # what leads to a language is written in it
_UNPRINTABLE = ("Cc", "Cf", "Co", "Cs", "Cn")


def measure_words(seen: Seen) -> Iterator[Finding]:
    """Texts that are boxes, control characters, keys, or of another language."""
    for text in seen.texts:
        words = text.words
        if text.missing:
            named = " ".join(f"{char} U+{ord(char):04X}" for char in text.missing)
            yield Finding(Rule.GLYPH_MISSING, seen.name, words, f"no glyph for {named}", "a glyph for each character")
        if bad := sorted({char for char in words if char != "\n" and _cannot_be_drawn(char)}):
            named = " ".join(f"U+{ord(char):04X}" for char in bad)
            yield Finding(Rule.UNPRINTABLE, seen.name, words, named, "characters that can be drawn")
        if why := _not_translated(words, seen):
            yield Finding(Rule.UNTRANSLATED, seen.name, words, why, f"words of {seen.language}")


def _cannot_be_drawn(char: str) -> bool:
    return char == "\ufffd" or unicodedata.category(char) in _UNPRINTABLE


def _not_translated(words: str, seen: Seen) -> str:
    if words == getattr(seen.view.body, "code", ""):
        return ""  # the code of a trouble is for staff, and the same in every language
    if words in seen.keys or _KEY.fullmatch(words):
        return "a key"
    if _PLACE.search(words):
        return "an empty place"
    own = _without(words, seen.data)
    if seen.language == CHINESE:
        latin = _LATIN.search(_NUMBER.sub("", own)) and not _HANZI.search(words)
        return "words of another language" if latin else ""
    return "words of another language" if _HANZI.search(own) else ""


def _without(words: str, data: frozenset[str]) -> str:
    for name in sorted((*data, *_LANGUAGES), key=len, reverse=True):
        if name:
            words = words.replace(name, "")
    return words
