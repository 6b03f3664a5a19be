"""The names of things, as types of their own so that they cannot be mixed up."""

from __future__ import annotations

from typing import NewType

StationId = NewType("StationId", str)  # 14 digits: 12-digit statistical area code + 2, for ever
PlaceId = NewType("PlaceId", str)  # where a voucher is honoured: a station id, or "P" + the number of a partner
ResidentId = NewType("ResidentId", str)  # random, given by the office
StaffId = NewType("StaffId", str)  # random, given by the office
ItemId = NewType("ItemId", int)  # 1 .. 16,777,215, given by the office, never used again
VisitId = NewType("VisitId", str)  # random, one a visit
CommandId = NewType("CommandId", str)  # random, one a press of "confirm"
Epoch = NewType("Epoch", int)  # 1 .. 65,535: one life of a station's hardware
Day = NewType("Day", int)  # days since 2020-01-01 in China; 0 means "not known"

NOBODY = ResidentId("")  # where a neighbour might have come in a resident's place and none did
NO_STAFF = StaffId("")  # where one of the staff might have found a resident in the list, and a card was shown
PARTNER_BASE = 10**14  # place numbers from here on are partners; below are station ids


def station_number(station: StationId) -> int:
    """Return the 14 digits as a number below 10**14. Raises ``ValueError`` for anything else."""
    if len(station) != 14 or not (station.isascii() and station.isdigit()):
        raise ValueError(f"a station id is 14 digits, got {station!r}")
    return int(station)


def place_number(place: PlaceId) -> int:
    """Return the place as a 48-bit number: a station's digits, or ``PARTNER_BASE`` + a partner's number."""
    if place.startswith("P"):
        digits = place[1:]
        if not (digits.isascii() and digits.isdigit()) or not 0 < int(digits) < 2**48 - PARTNER_BASE:
            raise ValueError(f"a partner's place is 'P' and its number, got {place!r}")
        return PARTNER_BASE + int(digits)
    return station_number(StationId(place))


def place_of(number: int) -> PlaceId:
    """Return the place whose ``place_number`` is ``number`` (0 .. 2**48 - 1)."""
    if number >= PARTNER_BASE:
        return PlaceId(f"P{number - PARTNER_BASE}")
    return PlaceId(f"{number:014d}")
