"""Breaking Chinese text into lines: no mark stands where it must not, no word and no number with its unit is torn.

Kivy breaks hanzi anywhere and begins lines with a comma; this follows GB/T 15834 (marks at line ends). Pure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

NEVER_FIRST = frozenset("，。！？；：、）》”’…〉」』】〕·—～%％°,.!?;:)]}")
NEVER_LAST = frozenset("（《“‘〈「『【〔([{￥¥#")

Measure = Callable[[str], float]

PIECES_MAX = 80
"""Longer paragraphs are filled line by line: nobody sees the difference, and the search stays short."""

TORN_COST = 0.12
"""What a break within a phrase costs: as much as lines that differ by a third of the width."""

_UNITS = (
    "公斤|千克|毫升|小时|分钟|分|斤|克|升|元|角|米|厘米|份|袋|瓶|盒|次|页|种|点"
    "|日|月|年|号|人|天|张|个|件|桶|包|枚|块|条|把|双|副|只|台|楼|室"
)
_ATOM = re.compile(
    rf"第\s?\d+\s?(?:{_UNITS})"  # 第 1 页
    rf"|[\d.,:：/×*-]*\d\s?(?:{_UNITS})"  # 120 分, 5公斤, 10:24
    r"|[\u3400-\u9fff]{1,2}\*+[\u3400-\u9fff]?"  # a masked name, two hanzi of a double surname
    r"|…+|—+"
    r"|[^\s\u2018-\u201d\u2026\u2014\u3000-\u9fff\uff00-\uffef]+"  # a Latin word, a number
    r"|\s+"
    r"|.",
    re.DOTALL,
)


def wrap_zh(text: str, width: float, measure: Measure) -> list[str]:
    """Lines of ``text``, each at most ``width`` wide by ``measure`` (same unit). A line feed always ends a line.

    A piece that is wider than a whole line by itself is cut, as a last resort, rather than lost.
    """
    return [line for paragraph in text.split("\n") for line in _fill(paragraph, width, measure)]


def wrap_well(text: str, width: float, measure: Measure) -> list[str]:
    """As ``wrap_zh`` and in as many lines, but broken after marks where that is possible, and else evenly.

    No last line of one lonely character, no 日用 torn from 品 when a comma was near.
    """
    return [line for paragraph in text.split("\n") for line in _break_well(paragraph, width, measure)]


def _break_well(paragraph: str, width: float, measure: Measure) -> list[str]:
    greedy = list(_fill(paragraph, width, measure))
    pieces = list(_pieces(paragraph))
    if len(greedy) < 2 or len(pieces) > PIECES_MAX or any(measure(piece.strip()) > width for piece in pieces):
        return greedy
    mean = measure(paragraph) / len(greedy)
    # best[n] = the cheapest way to set the first pieces in n lines: cost and lines, by how many pieces are set.
    best: dict[int, tuple[float, list[str]]] = {0: (0.0, [])}
    for _ in greedy:
        following: dict[int, tuple[float, list[str]]] = {}
        for start, (cost, lines) in best.items():
            for end in range(start + 1, len(pieces) + 1):
                line = "".join(pieces[start:end]).strip()
                if measure(line) > width:
                    break
                off = (measure(line) - mean) / width
                total = cost + off * off + (TORN_COST if _torn(pieces, end) else 0.0)
                # Of two equally good ways the longer first line is taken: it reads more naturally.
                if end not in following or total <= following[end][0] + 1e-9:
                    following[end] = (total, [*lines, line])
        best = following
    return best[len(pieces)][1] if len(pieces) in best else greedy


def _torn(pieces: list[str], end: int) -> bool:
    """Whether a break before piece ``end`` falls within a phrase: neither after a mark nor at a space."""
    if end == len(pieces):
        return False
    before, after = pieces[end - 1][-1], pieces[end][0]
    return not (before in NEVER_FIRST or before.isspace() or after.isspace())


def _fill(paragraph: str, width: float, measure: Measure) -> Iterator[str]:
    line = ""
    for piece in _pieces(paragraph):
        if measure((line + piece).rstrip()) <= width:
            line += piece
            continue
        if line.strip():
            yield line.rstrip()
        line = ""
        for part in _cut(piece.lstrip(), width, measure):
            if line:
                yield line
            line = part
    yield line.rstrip()


def _pieces(paragraph: str) -> Iterator[str]:
    """Unbreakable pieces: atoms with the marks that must stay with them."""
    atoms = _ATOM.findall(paragraph)
    piece = ""
    for number, atom in enumerate(atoms):
        piece += atom
        following = "".join(atoms[number + 1 : number + 3]).lstrip()[:1]
        # Spaces at a break vanish, so they are looked through: no mark may come to stand first or last by that.
        tied = piece.rstrip()[-1:] in NEVER_LAST or following in NEVER_FIRST
        if number + 1 < len(atoms) and not tied:
            yield piece
            piece = ""
    if piece:
        yield piece


def _cut(piece: str, width: float, measure: Measure) -> list[str]:
    """A piece that is too wide by itself, in parts that fit; the marks still stay where they may stand."""
    parts: list[str] = []
    part = ""
    for character in piece:
        part += character
        if len(part) > 1 and measure(part) > width:
            places = (at for at in range(len(part) - 1, 0, -1) if _may_break(part[at - 1], part[at]))
            at = next(places, len(part) - 1)
            parts.append(part[:at])
            part = part[at:]
    return [*parts, part] if part else parts


def _may_break(before: str, after: str) -> bool:
    return before not in NEVER_LAST and after not in NEVER_FIRST
