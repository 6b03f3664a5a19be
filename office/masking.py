"""Names as stations may know them."""

from __future__ import annotations

COMPOUND_SURNAMES = frozenset(
    ("欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "司徒", "端木", "夏侯", "宇文")
)


def masked(name: str) -> str:
    """Return 张*三, 李*, 欧阳*珍: the surname, stars, and the last character if at least one star is left."""
    surname = 2 if name[:2] in COMPOUND_SURNAMES and len(name) > 2 else 1
    given = name[surname:]
    if len(given) <= 1:
        return name[:surname] + "*"
    return name[:surname] + "*" * (len(given) - 1) + given[-1]
