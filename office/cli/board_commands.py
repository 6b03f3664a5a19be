"""``office board``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from office.cli.options import By, Json, user
from office.cli.rules_commands import At, County, To

board = typer.Typer(
    help="What stations tell whoever passes by: opening hours, notices, what is featured, and when screens go dark.",
    no_args_is_help=True,
)


@board.command(name="push")
def board_push(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="board.toml: the whole of the board.")],
    at: At = None,
    to: To = None,
    county: County = "",
    by: By = "",
) -> None:
    """Publish the board of a file, to all stations or to some. All mistakes of the file are told at once."""
    from office.cli.board import push_board

    push_board(file, at, to or [], county, by or user())


@board.command(name="show")
def board_show(
    station: Annotated[str, typer.Option(help="As this station has it; absent: as published to all.")] = "",
    *,
    json: Json = False,
) -> None:
    """Show the newest board."""
    from office.cli.board import show_board

    show_board(station, json=json)
