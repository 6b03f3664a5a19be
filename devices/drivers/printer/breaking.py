"""Breaking Chinese text into lines. Pure. Widths are half-width cells."""

from __future__ import annotations

import unicodedata

from devices.cells import char_cells, text_cells

# GB/T 15834: closing marks do not begin a line, opening marks do not end one.
NO_START = "，。！？；：、）》〉」』】\u3015”’…—·～\uff05℃,.;:!?)]}%"
NO_END = "（《〈「『【\u3014“‘￥([{"


def cleaned(text: str) -> str:
    """The text without what no printer can show: controls (they could forge commands), format marks, glyph selectors.

    Line feeds stay, tabs and other blanks become spaces (U+3000 stays).
    """
    return "".join(filter(None, map(_cleaned_char, text)))


def broken(text: str, cells: int) -> list[str]:
    """Break one paragraph into lines of at most ``cells``; an empty paragraph is one empty line."""
    lines, line = [], ""
    for unit in _units(text):
        if text_cells(line + unit.rstrip(" ")) > cells and line.strip(" "):
            lines.append(line.rstrip(" "))
            line = unit.lstrip(" ")
        else:
            line += unit
        while text_cells(line.rstrip(" ")) > cells:  # one unit longer than a whole line: break it anywhere
            head = _head(line, cells)
            lines.append(head)
            line = line[len(head) :]
    return [*lines, line.rstrip(" ")]


def _cleaned_char(char: str) -> str:
    if char == "\n":
        return char
    category = unicodedata.category(char)
    if category == "Zs" or char == "\t":
        return char if char == "\u3000" else " "
    selector = "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef"
    return "" if selector or category in ("Cc", "Cf", "Zl", "Zp") else char


def _units(text: str) -> list[str]:
    """What must stay together: a word with the blanks before it, a hanzi, marks with the character they belong to."""
    units: list[str] = []
    for char in text:
        if units and _sticks(units[-1], char):
            units[-1] += char
        else:
            units.append(char)
    return units


def _sticks(unit: str, char: str) -> bool:
    last = unit[-1]
    if char == " ":
        return last == " "
    if char in NO_START and last != " ":
        return True
    if last in NO_END:
        return True
    return char_cells(last) == char_cells(char) == 1


def _head(line: str, cells: int) -> str:
    used = 0
    for index, char in enumerate(line):
        used += char_cells(char)
        if used > cells:
            return line[:index]
    return line
