"""``office key next`` and ``office key use``."""

from __future__ import annotations

from office.cli.output import say
from office.home import home
from office.services.parts import Parts
from office.setup import setup


def announce_next(by: str) -> None:
    """Announce a successor."""
    parts = _parts(by)
    from office.services.succession import announce_successor, not_told

    key_id = announce_successor(parts)
    say(
        f"[green]✓[/] key {key_id} is announced; {len(not_told(key_id))} stations have not acknowledged it yet",
        "  keep a copy of secrets/ in a safe place; then, or on the day that the present key is lost:  office key use",
    )


def use_next(*, anyway: bool) -> None:
    """Use the successor."""
    home().require()
    setup()
    from office.services.succession import use_successor

    say(f"[green]✓[/] key {use_successor(anyway=anyway)} signs from now on")


def _parts(by: str) -> Parts:
    home().require()
    setup()
    from office.services.machine import machine_parts

    return machine_parts(by)
