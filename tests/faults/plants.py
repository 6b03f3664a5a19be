"""Bugs planted on purpose: what does not see them is no evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import nullcontext
from types import SimpleNamespace

from domain.rights import Move
from kiosk.journal.rights import Rights


def split_redemption() -> None:
    """The entry is committed before the counters move."""
    right = Rights.move

    def wrong(self: Rights, moves: Iterable[Move]) -> None:
        self._connection.execute("COMMIT")
        self._connection.execute("BEGIN IMMEDIATE")
        right(self, tuple(moves))

    Rights.move = wrong  # type: ignore[method-assign]


def grant_in_pieces() -> None:
    """Credits, counter and entry of a grant are committed one by one."""
    from office.services import grants

    grants.transaction = SimpleNamespace(atomic=nullcontext)  # type: ignore[assignment,attr-defined,unused-ignore]


def cursor_behind_the_entries() -> None:
    """The office keeps a frame's entries first and moves its cursor afterwards."""
    from office.worker import store

    store.transaction = SimpleNamespace(atomic=nullcontext)  # type: ignore[assignment,attr-defined,unused-ignore]


PLANTS: dict[str, tuple[Callable[[], None], str, str]] = {
    "split_redemption": (split_redemption, "redeem", "redeem."),
    "grant_in_pieces": (grant_in_pieces, "grant", "grant."),
    "cursor_behind_the_entries": (cursor_behind_the_entries, "refused", "worker."),
}
"""Name → how it is planted, the scenario that must see it, the points at which it does."""
