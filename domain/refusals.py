"""Expected refusals, as values. Every code stands in docs/errors.md, with a sentence for people in the locale files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class RefusalCode(StrEnum):
    """Why the rules say no before anything is committed."""

    CARD_MALFORMED = "card.malformed"  # not a code of ours, or damaged
    CARD_IS_VOUCHER = "card.is_voucher"  # a voucher was held before the scanner instead of a card
    CARD_FORGED = "card.forged"  # the signature is not the office's
    CARD_ELSEWHERE = "card.elsewhere"  # a card of another county
    CARD_UNKNOWN = "card.unknown"  # rightly signed, but not in this station's registry
    CARD_BLOCKED = "card.blocked"  # reported lost
    CARD_UNREADABLE = "card.unreadable"  # the ID card on the reader could not be read
    POINTS_SHORT = "points.short"
    STOCK_OUT = "stock.out"
    ITEM_GONE = "item.gone"  # no longer in the catalogue
    ITEM_UNAVAILABLE = "item.unavailable"
    PIECES_TOO_MANY = "pieces.too_many"
    NUMBERS_EXHAUSTED = "numbers.exhausted"  # all voucher numbers of this epoch are given out
    VOUCHER_UNKNOWN = "voucher.unknown"
    VOUCHER_DECIDED = "voucher.decided"  # its fate is written already
    VOUCHER_OLD = "voucher.old"  # issued by an earlier life of this station: the office refunds it
    VOUCHER_ELSEWHERE = "voucher.elsewhere"  # only the place that it names writes its fate
    VOUCHER_FORGED = "voucher.forged"  # no station that is known here signed it
    VOUCHER_REVOKED = "voucher.revoked"  # signed by a life that was fenced, after its last number that counts
    VOUCHER_EXPIRED = "voucher.expired"  # its last day has passed
    VOUCHER_UNCONFIRMED = "voucher.unconfirmed"  # its issue is not known here; too many such, or too old
    LIMIT_REACHED = "limit.reached"  # the household's allowance of this period is used up, or lies elsewhere
    PROXY_NOT_ALLOWED = "proxy.not_allowed"  # not named for this resident, or for less, or until an earlier day
    PROXY_LIMIT = "proxy.limit"  # more than this neighbour may still spend for this resident
    PIN_NEEDED = "pin.needed"  # so many points are spent only with the PIN of the card's holder
    PIN_NONE = "pin.none"  # they have none yet, or none that can be checked here
    PIN_WRONG = "pin.wrong"
    PIN_LOCKED = "pin.locked"  # too many wrong ones
    PIN_TRIVIAL = "pin.trivial"  # one that anybody would guess
    BUDGET_SHORT = "budget.short"  # the station's budget for awards does not reach
    AWARD_TOO_MUCH = "award.too_much"  # more than one award may give
    AWARD_UNKNOWN = "award.unknown"  # no such award, or undone already
    STATION_ALONE = "station.alone"  # the office was not heard for longer than the rules allow
    JOB_UNKNOWN = "job.unknown"  # no such paper waits
    STAFF_ONLY = "staff.only"
    STATION_OUTDATED = "station.outdated"  # the office wrote something that this version does not know
    STATION_HALTED = "station.halted"  # this storage went back in time, or the logs disagree: people must look first
    JOIN_FULL = "join.full"  # so many requests to join wait here that no more are taken
    JOIN_DECIDED = "join.decided"  # no request of that kind waits any more
    LOOKUP_SLOW = "lookup.slow"  # the desk did not answer in time
    SCREEN_FAULT = "screen.fault"  # a fault of the program ended the visit; what was confirmed stands
    CATALOGUE_MISSING = "catalogue.missing"  # no catalogue has arrived yet


@dataclass(frozen=True, slots=True)
class Refused:
    """The rules say no. ``details`` are the values that the sentence names, for example ``{"missing": 20}``."""

    code: RefusalCode
    details: Mapping[str, int | str] = field(default_factory=dict)
