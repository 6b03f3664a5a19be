"""Every text for people, by key, from gettext catalogues; Chinese is the source language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from babel.messages.pofile import read_po

from kiosk.look import CHINESE, ENGLISH

LOCALES = Path(__file__).parent / "locales"
_PLACE = re.compile(r"\{(\w+)\}")


class Texts:
    """The texts of one language. One that counts has two forms where the language does: for one, and for others."""

    def __init__(self, messages: Mapping[str, str | tuple[str, ...]]) -> None:
        self._messages = {key: (text,) if isinstance(text, str) else text for key, text in messages.items()}

    def __call__(self, key: str, **values: object) -> str:
        """Return the text of ``key`` with its values filled in. Raises ``KeyError`` for a key that does not exist.

        Of two forms the first is taken where the first whole number that the text names is 1.
        """
        forms = self._messages[key]
        one = len(forms) > 1 and _first_number(forms[-1], values) == 1
        return forms[0 if one else -1].format(**values)

    def has(self, key: str) -> bool:
        """Whether there is a text of that key."""
        return key in self._messages

    def all(self) -> dict[str, str]:
        """Return every text by key, of those that count the form for others than one."""
        return {key: forms[-1] for key, forms in self._messages.items()}

    def every_form(self) -> tuple[tuple[str, str], ...]:
        """Return key and text of every form."""
        return tuple((key, form) for key, forms in self._messages.items() for form in forms)


def load_texts(locale: str = CHINESE) -> Texts:
    """Read the catalogue of a language."""
    path = LOCALES / locale / "LC_MESSAGES" / "kiosk.po"
    with path.open("rb") as file:
        catalogue = read_po(file)  # its own header says how many forms; what Babel knows of a language is 2 MB
    found: dict[str, str | tuple[str, ...]] = {}
    for message in catalogue:
        if message.id and message.string:
            key = message.id if isinstance(message.id, str) else message.id[0]
            found[key] = message.string if isinstance(message.string, str) else tuple(message.string)
    return Texts(found)


def load_languages() -> dict[str, Texts]:
    """Read the catalogues of all languages, Chinese first."""
    return {locale: load_texts(locale) for locale in (CHINESE, ENGLISH)}


def _first_number(text: str, values: Mapping[str, object]) -> int | None:
    named = (values.get(name) for name in _PLACE.findall(text))
    return next((value for value in named if isinstance(value, int)), None)
