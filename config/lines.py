"""Find the line on which each key of a TOML text stands (TOML 1.0, https://toml.io/en/v1.0.0).

tomllib gives values and no places, so the text is walked once more. The walk trusts that tomllib accepted the text: it
looks only for keys and never judges.
"""

from __future__ import annotations

import bisect
import tomllib
from collections.abc import Sequence

Path = tuple[str | int, ...]


class Lines:
    """Where each key stands. A path is made of keys and of indices from 0: ``("item", 3, "points")``."""

    def __init__(self, text: str) -> None:
        """Walk a text that tomllib accepts."""
        self._found: dict[Path, int] = {}
        _Walk(text.replace("\r\n", "\n"), self._found).document()

    def of(self, path: Sequence[str | int]) -> int:
        """The line of a path, from 1; of what is missing, the line of the nearest table around it, at last line 1."""
        for length in range(len(path), 0, -1):
            line = self._found.get(tuple(path[:length]))
            if line is not None:
                return line
        return 1


class _Walk:
    """One walk over a text; every method leaves ``at`` behind what it read."""

    def __init__(self, text: str, found: dict[Path, int]) -> None:
        self._text = text
        self._found = found
        self._at = 0
        self._starts = [0, *(i + 1 for i, char in enumerate(text) if char == "\n")]
        self._last: dict[Path, int] = {}  # array of tables -> index of its newest table

    def document(self) -> None:
        table: Path = ()
        while self._skip(" \t\n"):
            if self._text.startswith("[[", self._at):
                table = self._header("]]", is_array=True)
            elif self._text[self._at] == "[":
                table = self._header("]", is_array=False)
            else:
                self._pair(table)

    def _header(self, end: str, *, is_array: bool) -> Path:
        line = self._line()
        self._at += len(end)
        keys = self._keys()
        self._skip(" \t")
        self._at += len(end)
        path: Path = ()
        for number, key in enumerate(keys):
            path = (*path, key)
            if is_array and number == len(keys) - 1:
                self._last[path] = self._last.get(path, -1) + 1
            self._note(path, line)
            if path in self._last:
                path = (*path, self._last[path])
                self._note(path, line)
        return path

    def _pair(self, table: Path) -> None:
        line = self._line()
        path = table
        for key in self._keys():
            path = (*path, key)
            self._note(path, line)
        self._skip(" \t")
        self._at += 1  # the equals sign
        self._skip(" \t")
        self._value(path)

    def _value(self, path: Path) -> None:
        char = self._text[self._at]
        if char in "\"'":
            self._string()
        elif char == "[":
            self._list(path)
        elif char == "{":
            self._inline_table(path)
        else:
            while self._at < len(self._text) and self._text[self._at] not in ",]}\n#":
                self._at += 1

    def _list(self, path: Path) -> None:
        self._at += 1
        index = 0
        while self._skip(" \t\n,") and self._text[self._at] != "]":
            self._note((*path, index), self._line())
            self._value((*path, index))
            index += 1
        self._at += 1

    def _inline_table(self, path: Path) -> None:
        self._at += 1
        while self._skip(" \t\n,") and self._text[self._at] != "}":
            self._pair(path)
        self._at += 1

    def _keys(self) -> list[str]:
        """A key with its dots: ``a . "b c".d`` is three."""
        keys = []
        while True:
            self._skip(" \t")
            start = self._at
            if self._text[start] in "\"'":
                self._string()
                keys.append(str(tomllib.loads(f"key = {self._text[start : self._at]}")["key"]))
            else:
                while self._text[self._at].isalnum() or self._text[self._at] in "-_":
                    self._at += 1
                keys.append(self._text[start : self._at])
            self._skip(" \t")
            if self._text[self._at] != ".":
                return keys
            self._at += 1

    def _string(self) -> None:
        quote = self._text[self._at]
        end = quote * 3 if self._text.startswith(quote * 3, self._at) else quote
        self._at += len(end)
        while not self._text.startswith(end, self._at):
            self._at += 2 if quote == '"' and self._text[self._at] == "\\" else 1
        self._at += len(end)
        extra = 2 if len(end) == 3 else 0  # up to two more quotes may belong to a long string
        while extra and self._text.startswith(quote, self._at):
            self._at += 1
            extra -= 1

    def _skip(self, chars: str) -> bool:
        """Past these characters and past comments; whether anything is left."""
        while self._at < len(self._text):
            if self._text[self._at] == "#":
                end = self._text.find("\n", self._at)
                self._at = len(self._text) if end < 0 else end
                if "\n" not in chars:
                    break
            elif self._text[self._at] in chars:
                self._at += 1
            else:
                break
        return self._at < len(self._text)

    def _line(self) -> int:
        return bisect.bisect_right(self._starts, self._at)

    def _note(self, path: Path, line: int) -> None:
        self._found.setdefault(path, line)
