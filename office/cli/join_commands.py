"""Commands about people who ask to join."""

from __future__ import annotations

from typing import Annotated

import typer

from office.cli.options import By, Json, user

joins = typer.Typer()
Request = Annotated[str, typer.Argument(help="The number on the slip, or the id where two stations have that number.")]


@joins.command(name="joins")
def joins_command(
    *,
    everything: Annotated[bool, typer.Option("--all", help="Also those that are answered.")] = False,
    json: Json = False,
) -> None:
    """List who asks to join."""
    from office.cli.joins import list_joins

    list_joins(everything=everything, json=json)


@joins.command(name="join-accept")
def accept_command(
    request: Request,
    name: Annotated[str, typer.Option(help="Full name, as it was checked with the person.")],
    home: Annotated[str, typer.Option(help="Home station: 14 digits.")],
    by: By = "",
) -> None:
    """Take somebody in: the slip and the ID card become their cards, and every station is told."""
    from office.cli.joins import accept_join

    accept_join(request, name, home, by or user())


@joins.command(name="join-refuse")
def refuse_command(
    request: Request,
    reason: Annotated[str, typer.Option(help="Why, in Chinese: the person reads it at the station.")],
    by: By = "",
) -> None:
    """Say no. It can still be accepted until it is forgotten (join_keep_days of the rules)."""
    from office.cli.joins import refuse_join

    refuse_join(request, reason, by or user())
