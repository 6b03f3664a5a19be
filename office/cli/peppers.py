"""``office pepper next``, ``show`` and ``use``."""

from __future__ import annotations

from dataclasses import asdict

from office.cli.output import say, say_json
from office.home import home
from office.services.parts import Parts
from office.setup import setup


def make_next_version(by: str) -> None:
    """Make the next version."""
    parts = _parts(by)
    from office.services.peppers import lacking, make_next

    version = make_next(parts)
    say(
        f"[green]✓[/] version {version} of the pepper is made; {len(lacking(version))} stations have not got it yet",
        "  keep a copy of secrets/ in a safe place; at each station: kiosk renew, and start kiosk run again;",
        "  who still lacks it: office pepper show; then: office pepper use",
    )


def show_versions(*, json: bool) -> None:
    """Show how it stands."""
    home().require()
    setup()
    from office.services.peppers import standing

    found = standing()
    if json:
        say_json(asdict(found))
        return
    cards = ", ".join(f"version {version}: {count}" for version, count in found.cards.items())
    say(f"in use: version {found.in_use}; newest: version {found.newest}", f"  cards: {cards or 'none'}")
    if found.lacking:
        say(f"  without version {found.newest}: {', '.join(found.lacking)}; at each of them: kiosk renew")
    if found.waiting:
        say(f"  {found.waiting} cards are not listed under version {found.in_use} yet: office pepper use")


def use_next_version(by: str, *, anyway: bool) -> None:
    """Use the newest version."""
    parts = _parts(by)
    from office.services.peppers import use_next

    say(f"[green]✓[/] new cards are digested under version {use_next(parts, anyway=anyway)} from now on")


def _parts(by: str) -> Parts:
    home().require()
    setup()
    from office.services.machine import machine_parts

    return machine_parts(by)
