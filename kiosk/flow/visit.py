"""One resident at the kiosk: what the visit keeps of them, of the catalogue and of the rules. Gone when it ends."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from domain.catalogue import Catalogue, Item
from domain.commands import RedeemItem
from domain.ids import NO_STAFF, NOBODY, CommandId, ItemId, ResidentId, StaffId, VisitId
from domain.refusals import RefusalCode, Refused
from domain.rules import Limit, Rules
from kiosk.desk.answers import ActFor, Issued, LimitLeft
from kiosk.desk.mine_answers import ElsewhereTold


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What the office said of the resident's points in all but here, and how far asking it is.

    ``asked_at``: monotonic seconds when it was asked in this visit, ``None``: not yet; ``looking``: an answer of the
    desk is awaited; ``looked``: there was one.
    """

    told: ElsewhereTold | None = None
    asked_at: float | None = None
    looking: bool = False
    looked: bool = False


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
    limits: tuple[LimitLeft, ...] = ()  # of the resident's household
    recent: tuple[ItemId, ...] = ()  # what the resident took here lately
    group: str | None = None  # to which the shelf is narrowed; empty: what has none; ``None``: all of a class
    id_card: bool = False  # it began with an ID card, which perhaps still lies on the reader
    known: Elsewhere = field(default_factory=Elsewhere, compare=False)  # comes and goes by itself: the same visit
    pin: bool = False  # the holder of the card has one
    pin_locked: Refused | None = None  # and none is taken for a while
    by_staff: StaffId = NO_STAFF  # who found the holder in the list, for want of a card

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
            limits=chosen.limits,
            recent=chosen.recent,
            known=Elsewhere(),
        )

    def command(self, press: CommandId, item: Item, pieces: int = 1) -> RedeemItem:
        """What a press asks for."""
        proxy = self.proxy.resident if self.proxy else NOBODY
        return RedeemItem(
            command=press,
            visit=self.id,
            resident=self.resident,
            item=item.id,
            pieces=pieces,
            proxy=proxy,
            by_staff=self.by_staff,
        )

    def left_of(self, item: Item) -> int | None:
        """How many pieces are here; ``None`` for what never runs out."""
        return self.stock.get(item.id, 0) if item.stocked else None

    def limits_of(self, item: Item) -> tuple[tuple[Limit, LimitLeft], ...]:
        """The limits of an item, with how the household stands with each; only those of a period that is known."""
        held = {one.limit: one for one in self.limits}
        return tuple((limit, held[limit.id]) for limit in self.rules.limits_of(item) if limit.id in held)

    def after(self, issued: Issued, item: Item) -> Visit:
        """The visit after a redemption."""
        left = self.left_of(item)
        stock = self.stock if left is None else {**self.stock, item.id: max(0, left - issued.pieces)}
        allowance = None if self.allowance is None else max(0, self.allowance - issued.points)
        counted = {limit.id for limit, _ in self.limits_of(item)}
        limits = tuple(
            LimitLeft(one.limit, max(0, one.left - issued.pieces), one.used + issued.pieces)
            if one.limit in counted
            else one
            for one in self.limits
        )
        return replace(self, stock=stock, limits=limits).holding(issued.left, allowance)

    def told(self, refused: Refused, item: Item, pieces: int) -> Visit:
        """The visit once the desk said no: what it said of stock and points is newer than what the visit began with."""
        said = refused.details
        if refused.code is RefusalCode.STOCK_OUT and "left" in said:
            return replace(self, stock={**self.stock, item.id: int(said["left"])})
        if refused.code is RefusalCode.POINTS_SHORT and "missing" in said:
            return self.holding(max(0, item.points * pieces - int(said["missing"])), self.allowance)
        return self

    def holding(self, points: int, allowance: int | None, limits: tuple[LimitLeft, ...] | None = None) -> Visit:
        """The visit once this much is here, also when somebody is chosen again. ``limits``: ``None`` as they were."""
        limits = self.limits if limits is None else limits
        choices = tuple(
            replace(one, points=points, allowance=allowance, limits=limits) if one.resident == self.resident else one
            for one in self.choices
        )
        # What came, came from elsewhere: what was said of it is over.
        known = self.known if points <= self.points else Elsewhere()
        return replace(self, points=points, allowance=allowance, limits=limits, choices=choices, known=known)
