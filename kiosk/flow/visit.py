"""One resident at the kiosk: what the visit keeps of them, of the catalogue and of the rules. Gone when it ends."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from domain.catalogue import Catalogue, Item
from domain.commands import RedeemItem
from domain.ids import NOBODY, CommandId, ItemId, ResidentId, VisitId
from domain.rules import Rules
from kiosk.desk.answers import ActFor, Issued


@dataclass(frozen=True, slots=True)
class Visit:
    """One resident at the kiosk, with the catalogue and the rules that the visit began with.

    ``choices``: for whom the holder of the card may act, the holder first; empty if for nobody else.
    """

    id: VisitId
    resident: ResidentId  # whose points are spent
    name: str  # masked
    points: int  # that are here
    catalogue: Catalogue
    stock: dict[ItemId, int]
    away: bool = False  # their points lie at another station, or at the office
    elsewhere: int | None = None  # how many lie in all but here, once the office said so
    allowance: int | None = None  # that the holder may still spend for somebody else; ``None``: no bound known
    choices: tuple[ActFor, ...] = ()
    rules: Rules = field(default_factory=Rules)

    @property
    def holder(self) -> ResidentId:
        """Whose card began the visit."""
        return self.choices[0].resident if self.choices else self.resident

    @property
    def proxy(self) -> ActFor | None:
        """Who came in the resident's place; ``None`` if nobody did."""
        return None if self.holder == self.resident else self.choices[0]

    def acting_for(self, chosen: ActFor) -> Visit:
        """The visit, from now on for somebody of ``choices``."""
        return replace(
            self,
            resident=chosen.resident,
            name=chosen.name,
            points=chosen.points,
            away=chosen.away,
            allowance=chosen.allowance,
            elsewhere=None,
        )

    def command(self, press: CommandId, item: Item) -> RedeemItem:
        """What a press asks for: one piece of an item."""
        proxy = self.proxy.resident if self.proxy else NOBODY
        return RedeemItem(command=press, visit=self.id, resident=self.resident, item=item.id, proxy=proxy)

    def left_of(self, item: Item) -> int | None:
        """How many pieces are here; ``None`` for what never runs out."""
        return self.stock.get(item.id, 0) if item.stocked else None

    def after(self, issued: Issued, item: Item) -> Visit:
        """The visit after a redemption of one piece."""
        left = self.left_of(item)
        stock = self.stock if left is None else {**self.stock, item.id: max(0, left - 1)}
        allowance = None if self.allowance is None else max(0, self.allowance - issued.points)
        return replace(self, stock=stock).holding(issued.left, allowance)

    def holding(self, points: int, allowance: int | None) -> Visit:
        """The visit once this much is here, also when somebody is chosen again."""
        choices = tuple(
            replace(one, points=points, allowance=allowance) if one.resident == self.resident else one
            for one in self.choices
        )
        return replace(self, points=points, allowance=allowance, choices=choices)
