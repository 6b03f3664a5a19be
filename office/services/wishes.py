"""A wish of a visit: granted whole, or asked back from where it lies, or answered with why not; or how much lies
elsewhere, for who only asks that."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from domain.facts import WishAnswered
from domain.rights import RightKey, is_right
from office.books.models import Station
from office.rules import purse as rule
from office.services.down import append_to
from office.services.parts import Parts
from office.services.purses import open_purse

AMOUNT_MAX = 10_000_000
VISIT_MAX = 40
KINDS = ("points/", "limit/")  # stock and budgets lie where they are


@dataclass(frozen=True, slots=True)
class Wish:
    """So much more of a right is missing in a visit at a station; 0: nothing is, how much lies elsewhere?"""

    station: str
    visit: str
    right: str
    amount: int


def is_wish(wish: Wish) -> bool:
    """Whether a station's words are a wish that can be fulfilled at all."""
    named = 1 <= len(wish.visit) <= VISIT_MAX and wish.visit.isascii() and wish.visit.isprintable()
    kinds = KINDS if wish.amount else KINDS[:1]
    return named and is_right(wish.right) and wish.right.startswith(kinds) and 0 <= wish.amount <= AMOUNT_MAX


def answer_wish(parts: Parts, wish: Wish, answered: frozenset[str]) -> str:
    """Do what can be done; return ``granted``, an outcome of ``WishAnswered``, or empty while a grant is on its way.

    ``answered``: outcomes that this visit was told before: they are not told again.
    """
    right = RightKey(wish.right)
    with transaction.atomic():
        purse = open_purse(parts, right, wish.station)
        if purse is None:
            _tell(parts, _locked(wish.station), wish, rule.Plan(outcome="short"), "", answered)
            return "short"
        if not purse.may_grant(wish.station):
            return ""
        if purse.on_its_way(wish.station):
            return ""
        plan = rule.fulfil(purse.purse, wish.station, wish.amount)
        if plan.grant:
            purse.grant(wish.station, plan.grant, "到站调取")
            return "granted"
        purse.recall(plan.recalls, "别的站点需要")
        place = purse.stations[plan.place].name if plan.place else ""
        _tell(parts, purse.stations[wish.station], wish, plan, place, answered)
    return plan.outcome


def answer_elsewhere(parts: Parts, wish: Wish) -> None:
    """Tell how much of a resident's points lies elsewhere; nothing if nobody's, or not known after a restore."""
    with transaction.atomic():
        purse = open_purse(parts, RightKey(wish.right), wish.station)
        if purse is None or purse.purse.blocked:
            return
        plan = rule.Plan(outcome="told", elsewhere=rule.elsewhere(purse.purse, wish.station))
        _tell(parts, purse.stations[wish.station], wish, plan, "", frozenset())


def _locked(station: str) -> Station:
    return Station.objects.select_for_update(no_key=True).get(pk=station)


def _tell(parts: Parts, row: Station, wish: Wish, plan: rule.Plan, place: str, answered: frozenset[str]) -> None:
    if plan.outcome in answered:
        return
    fact = WishAnswered(
        visit=wish.visit, right=RightKey(wish.right), outcome=plan.outcome, elsewhere=plan.elsewhere, place=place
    )
    append_to(parts, row, [fact])
