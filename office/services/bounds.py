"""What the books can hold, checked before anything is written: SQLite would take more than its columns say."""

from __future__ import annotations

from office.faults import BadValue

NAME_MAX, REASON_MAX, BY_MAX = 20, 100, 150


def check_text(what: str, text: str, length: int) -> None:
    """Raise ``BadValue`` unless ``text`` is one printable line of 1 to ``length`` characters."""
    if not 1 <= len(text.strip()) <= length or not text.isprintable():
        raise BadValue(f"{what}: found {text[:40]!r}, expected one line of 1-{length} characters")
