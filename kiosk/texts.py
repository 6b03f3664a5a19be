"""Every text for people, by key, from gettext catalogues; Chinese is the source language."""

from __future__ import annotations

from pathlib import Path

from babel.messages.pofile import read_po

LOCALES = Path(__file__).parent / "locales"


class Texts:
    """The texts of one language."""

    def __init__(self, messages: dict[str, str]) -> None:
        self._messages = messages

    def __call__(self, key: str, **values: object) -> str:
        """Return the text of ``key`` with its values filled in. Raises ``KeyError`` for a key that does not exist."""
        return self._messages[key].format(**values)

    def has(self, key: str) -> bool:
        """Whether there is a text of that key."""
        return key in self._messages

    def all(self) -> dict[str, str]:
        """Return every text by key."""
        return dict(self._messages)


def load_texts(locale: str = "zh_CN") -> Texts:
    """Read the catalogue of a language."""
    path = LOCALES / locale / "LC_MESSAGES" / "kiosk.po"
    with path.open("rb") as file:
        catalogue = read_po(file, locale=locale)
    return Texts({str(message.id): str(message.string) for message in catalogue if message.id and message.string})
