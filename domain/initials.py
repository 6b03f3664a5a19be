"""The letter under which a surname is looked for: the first of its pinyin. Pure, and no dictionary is needed.

The 3,755 common hanzi of GB 2312 are ordered by pinyin; surnames that are not among them, or are read otherwise as
names, stand in a list. What is in neither comes under ``OTHER``: found later, never lost.
"""

from __future__ import annotations

from bisect import bisect_right

OTHER = "#"

_FIRST = (
    ("A", 0xB0A1), ("B", 0xB0C5), ("C", 0xB2C1), ("D", 0xB4EE), ("E", 0xB6EA), ("F", 0xB7A2), ("G", 0xB8C1),
    ("H", 0xB9FE), ("J", 0xBBF7), ("K", 0xBFA6), ("L", 0xC0AC), ("M", 0xC2E8), ("N", 0xC4C3), ("O", 0xC5B6),
    ("P", 0xC5BE), ("Q", 0xC6DA), ("R", 0xC8BB), ("S", 0xC8F6), ("T", 0xCBFA), ("W", 0xCDDA), ("X", 0xCEF4),
    ("Y", 0xD1B9), ("Z", 0xD4D1),
)  # fmt: skip
_LAST = 0xD7F9

# Read otherwise as a surname, or not among the common hanzi.
_READ = {
    letter: frozenset(surnames.split())
    for letter, surnames in {
        "B": "卞 贲 邴 秘", "C": "褚 岑 晁 谌 种", "D": "窦 邸 笪", "F": "酆", "G": "郜 缑", "H": "扈 郇 郈 黑",
        "J": "嵇 郏 暨", "K": "夔 阚 蒯", "L": "栾 蔺 郦 逯", "M": "闵 缪 宓 万俟", "N": "乜 佴", "O": "区",
        "P": "逄 濮 繁", "Q": "裘 璩 瞿 阙 覃 亓 谯 仇", "R": "芮", "S": "莘 殳 厍 佘 单 盛 召 折 石",
        "T": "滕 钭 邰 仝 佟 澹台", "W": "邬 隗", "X": "奚 荀 郗 胥 郤 冼 解",
        "Y": "於 羿 晏 庾 闫 鄢 尉迟 乐", "Z": "臧 昝 訾 竺 仉 翟 查 曾 长孙",
    }.items()
}  # fmt: skip


def surname_of(name: str) -> str:
    """Return the surname of a masked name: 张*三 → 张, 欧阳*珍 → 欧阳; without a star the first character."""
    surname, star, _ = name.partition("*")
    return surname if star else name[:1]


def initial_of(surname: str) -> str:
    """Return ``A`` … ``Z``, or ``OTHER``."""
    for letter, surnames in _READ.items():
        if surname in surnames:
            return letter
    first = surname[:1].upper()
    if first.isascii() and first.isalpha():
        return first
    try:
        high, low = first.encode("gb2312")
    except (UnicodeEncodeError, ValueError):
        return OTHER
    code = high << 8 | low
    if not _FIRST[0][1] <= code <= _LAST:
        return OTHER
    return _FIRST[bisect_right(_FIRST, code, key=lambda pair: pair[1]) - 1][0]
