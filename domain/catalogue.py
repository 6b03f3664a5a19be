"""The catalogue as a station reads it: what can be had for points."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from domain.ids import ItemId, PlaceId, place_number
from domain.voucher import PIECES_MAX, POINTS_MAX, ItemKind

GROUP_MAX = 6  # characters: it stands on a button


class ItemClass(StrEnum):
    """The three classes in documents and on the screen: 商品, 服务, 维修."""

    GOODS = "goods"
    SERVICE = "service"
    REPAIR = "repair"

    @property
    def kind(self) -> ItemKind:
        """The class as it stands in a voucher."""
        return ItemKind[self.name]


class Item(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One item. ``stocked`` items are pieces in a cupboard and a right of their own; others never run out."""

    id: ItemId
    kind: ItemClass
    name: str
    points: int
    description: str = ""
    unit: str = ""
    pieces_max: int = 1
    voucher_days: int = 30
    place: PlaceId | None = None  # None: the station that issues the voucher
    place_name: str = ""  # as people read it
    picture: str | None = None
    available: bool = True
    stocked: bool = False
    group: str = ""  # a part of its class, as people read it: 粮油; empty: none

    def __post_init__(self) -> None:
        if not 1 <= self.id < 2**24:
            raise ValueError(f"item id must be 1-16777215, got {self.id}")
        if not 1 <= self.pieces_max <= PIECES_MAX:
            raise ValueError(f"item {self.id}: pieces_max must be 1-{PIECES_MAX}, got {self.pieces_max}")
        if self.points < 1 or self.points * self.pieces_max > POINTS_MAX:
            raise ValueError(f"item {self.id}: points must be 1 or more and fit a voucher, got {self.points}")
        if self.place is not None:
            place_number(self.place)  # ValueError for what no voucher can name
        if len(self.group) > GROUP_MAX or not self.group.isprintable() or self.group != self.group.strip():
            raise ValueError(f"item {self.id}: a group of at most {GROUP_MAX} characters, or none")
        if not 1 <= self.voucher_days <= 3660:
            raise ValueError(f"item {self.id}: voucher_days must be 1-3660, got {self.voucher_days}")


class Catalogue(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A version of the catalogue. A visit keeps the version that it began with."""

    version: int
    items: tuple[Item, ...]

    def __post_init__(self) -> None:
        if len({item.id for item in self.items}) != len(self.items):
            raise ValueError("two items of the catalogue have the same id")

    def item(self, item: ItemId) -> Item | None:
        """Return the item of that id."""
        return next((found for found in self.items if found.id == item), None)

    def of_class(self, kind: ItemClass) -> tuple[Item, ...]:
        """Return the items of a class, in the order of the office."""
        return tuple(item for item in self.items if item.kind is kind)

    def groups(self, kind: ItemClass) -> tuple[str, ...]:
        """Return the groups of a class in the order of the office; the empty one, last, if some items have none."""
        found = dict.fromkeys(item.group for item in self.of_class(kind))
        return tuple(sorted(found, key=lambda group: not group))


def decode_catalogue(data: bytes) -> Catalogue:
    """Return the catalogue of a JSON document. Raises ``ValueError`` that names the first fault."""
    try:
        return msgspec.json.decode(data, type=Catalogue)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ValueError(f"not a catalogue: {error}") from error
