"""Numbers as Mandarin says them, in fragments that a person can record: 1205 分 → 一 千 二 百 零 五 分."""

from __future__ import annotations

from devices.spoken import Fragment, SpokenLine
from kiosk.texts import Texts

NUMBER_MAX = 99_999_999
_GROUP = 10_000
_UNITS = (("thousand", 1000), ("hundred", 100), ("ten", 10), ("", 1))


def spoken_points(points: int, texts: Texts) -> SpokenLine:
    """So many points. Raises ``ValueError`` for what is not in 0 … ``NUMBER_MAX``."""
    names = ["two"] if points == 2 else number_names(points)
    return tuple(Fragment(f"speech.number.{name}", texts(f"speech.number.{name}")) for name in (*names, "points"))


def number_names(number: int) -> list[str]:
    """The fragments of a number, by the last part of their ids. Raises ``ValueError``."""
    if not 0 <= number <= NUMBER_MAX:
        raise ValueError(f"{number} is not in 0 … {NUMBER_MAX}")
    if number == 0:
        return ["0"]
    high, low = divmod(number, _GROUP)
    if not high:
        return _below(low, opens=True)
    names = ["two"] if high == 2 else _below(high, opens=True)
    names.append("ten_thousand")
    if low:
        names += ["0", *_below(low, opens=False)] if low < _GROUP // 10 else _below(low, opens=False)
    return names


def _below(number: int, *, opens: bool) -> list[str]:
    """1 … 9,999. ``opens``: the number begins here, where 十 needs no 一 before it and 200 is 两百."""
    names: list[str] = []
    gap = False
    for unit, size in _UNITS:
        digit = number // size % 10
        if not digit:
            gap = bool(names)  # however many zeros stand between two digits, 零 is said once
            continue
        if gap:
            names.append("0")
            gap = False
        at_front = opens and not names
        if not (unit == "ten" and digit == 1 and at_front):
            is_pair = digit == 2 and (unit == "thousand" or (unit == "hundred" and at_front))
            names.append("two" if is_pair else str(digit))
        if unit:
            names.append(unit)
    return names
