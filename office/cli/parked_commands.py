"""``office parked``."""

from __future__ import annotations

from typing import Annotated

import typer

from office.cli.options import By, Json, user

parked = typer.Typer(help="Entries of stations that wait for a person.", no_args_is_help=True)

StationArgument = Annotated[str, typer.Argument(help="The station's 14 digits.")]
Epoch = Annotated[int, typer.Argument(min=1, max=65535, help="Which of its lives.")]
Number = Annotated[int, typer.Argument(min=1, help="Number of the entry.")]
Reason = Annotated[str, typer.Option(help="Why; it stands in the books.")]


@parked.command(name="show")
def parked_show(*, json: Json = False) -> None:
    """List what is parked, with the reason and what it says."""
    from office.cli.parked import show_parked

    show_parked(json=json)


@parked.command(name="apply")
def parked_apply(station: StationArgument, epoch: Epoch, number: Number, by: By = "") -> None:
    """Try one entry again with the books as they are now."""
    from office.cli.parked import apply_parked

    raise typer.Exit(apply_parked(station, epoch, number, by or user()))


@parked.command(name="retry")
def parked_retry(by: By = "") -> None:
    """After an update: apply, in order, all that were parked for a kind that this version knows."""
    from office.cli.parked import retry_all

    retry_all(by or user())


@parked.command(name="set-aside")
def parked_set_aside(station: StationArgument, epoch: Epoch, number: Number, reason: Reason, by: By = "") -> None:
    """It will never be applied: somebody has looked."""
    from office.cli.parked import set_parked_aside

    set_parked_aside(station, epoch, number, reason, by or user())


@parked.command(name="accept")
def parked_accept(station: StationArgument, epoch: Epoch, number: Number, reason: Reason, by: By = "") -> None:
    """A voucher with more points than there were: it stands, and the points are taken back from the resident."""
    from office.cli.parked import settle_parked

    settle_parked(station, epoch, number, reason, by or user(), accept=True)


@parked.command(name="absorb")
def parked_absorb(station: StationArgument, epoch: Epoch, number: Number, reason: Reason, by: By = "") -> None:
    """A voucher with more points than there were: it stands, and the community bears it."""
    from office.cli.parked import settle_parked

    settle_parked(station, epoch, number, reason, by or user(), accept=False)
