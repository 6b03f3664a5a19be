"""Down: whom a station may know. A later entry of a person replaces an earlier one whole."""

from __future__ import annotations

from typing import ClassVar

import msgspec

from domain.facts.base import Fact
from domain.ids import Day, ResidentId, StaffId


class Proxy(msgspec.Struct, frozen=True, omit_defaults=True):
    """A neighbour who may come in a resident's place (代领)."""

    resident: ResidentId  # the neighbour
    spend: bool  # may spend points for them, up to what the right ``limit/<resident>/by-<neighbour>/<month>`` holds
    collect: bool  # may collect what their vouchers stand for
    until: Day = Day(0)  # the last day; 0: until it is taken back


class ResidentListed(Fact, frozen=True):
    """A resident as this station may know them."""

    KIND: ClassVar[str] = "resident_listed"
    resident: ResidentId
    name: str  # masked by the office: 张*三
    cards: tuple[str, ...]  # identity digests
    blocked_cards: tuple[str, ...] = ()
    home: str = ""  # the station where their points lie; empty: none
    household: str = ""  # limits are counted under it; empty: under the resident's own id
    proxies: tuple[Proxy, ...] = ()
    notice: int = 0  # version of the notice that they agreed to, as far as the office knows; 0: none
    pin: str = ""  # verifier of their PIN (``domain.pin``); empty: none


class StaffListed(Fact, frozen=True):
    """One of the staff, with the digests of their badges."""

    KIND: ClassVar[str] = "staff_listed"
    staff: StaffId
    name: str
    role: str
    cards: tuple[str, ...]
    blocked_cards: tuple[str, ...] = ()


class ResidentErased(Fact, frozen=True):
    """Forget a resident: name, cards, and the erasable parts of these entries of this station, also on its stick."""

    KIND: ClassVar[str] = "resident_erased"
    resident: ResidentId
    entries: tuple[tuple[int, int], ...] = ()  # (epoch, number)
