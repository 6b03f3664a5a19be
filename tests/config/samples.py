"""Short ways to read a text, and to see its mistakes."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

import pytest

from config.document import Document
from config.mistakes import Mistake, SettingsError
from config.reading import parse

D = TypeVar("D", bound=Document)

EXAMPLES = Path(__file__).parents[2] / "config" / "examples"

STATION = """\
[station]
id = "50019900100101"
name = "学田湾社区党群驿站"
[panel]
diagonal_inches = 10.1
width_px = 1280
height_px = 800
"""

ITEM = """\
[[item]]
id = 101
kind = "goods"
name = "东北大米"
points = 120
unit = "袋"
voucher_days = 30
"""


def load(text: str, model: type[D]) -> D:
    """The value of a text that must be right."""
    return parse(text.encode(), "x.toml", model)


def mistakes(text: str | bytes, model: type[Document]) -> tuple[Mistake, ...]:
    """All mistakes of a text that must be wrong."""
    raw = text.encode() if isinstance(text, str) else text
    with pytest.raises(SettingsError) as caught:
        parse(raw, "x.toml", model)
    return caught.value.mistakes
