"""The invented people of the demonstration, and the cards that it can hold before the scanner."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from config.reading import read
from config.residents import DemoData
from devices.simulated.idcard.card import SimulatedCard
from devices.simulated.idcard.people import resident
from kiosk.demo.cards import CardFace, draw_card

EXAMPLES = Path(__file__).parents[2] / "config" / "examples"


@dataclass(frozen=True, slots=True)
class DemoCard:
    """A card that the demonstration can hold before the scanner."""

    name: str
    code: str
    staff: bool
    points: int

    def __repr__(self) -> str:
        return f"DemoCard({self.name})"


def id_card(name: str) -> SimulatedCard:
    """Return the ID card of an invented person whose number the office knows."""
    people = read(EXAMPLES / "demo.toml", DemoData).residents
    number = next(person.id_number for person in people if person.name == name and person.id_number)
    card = resident(name, number[6:14], int(number[14:17]))
    if card.number != number:
        raise ValueError(f"{name}: {number} is not a number that a simulated card can have")
    return card


def draw_cards(target: Path, cards: Sequence[DemoCard], fonts: Path) -> None:
    """Draw every card into a folder, to be printed and cut out."""
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir()
    for number, card in enumerate(cards, start=1):
        title = "工作证" if card.staff else "积分卡"
        face = CardFace(title, card.name, "学田湾社区党群驿站\n演示卡，人名是编的")
        (target / f"{number:02d}.png").write_bytes(draw_card(card.code, face, fonts))


def draw_pictures(source: Path, target: Path) -> None:
    """Draw the pictures of the example catalogue, 400 × 400 pixels."""
    import resvg_py

    target.mkdir(parents=True, exist_ok=True)
    for drawing in sorted(source.glob("*.svg")):
        png = resvg_py.svg_to_bytes(svg_string=drawing.read_text(), width=400, height=400)
        (target / f"{drawing.stem}.png").write_bytes(bytes(png))
