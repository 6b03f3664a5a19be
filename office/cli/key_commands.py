"""``office key``."""

from __future__ import annotations

from typing import Annotated

import typer

from office.cli.options import By, user

key = typer.Typer(help="The office's key, which signs what goes to stations, and cards.", no_args_is_help=True)


@key.command(name="next")
def key_next(by: By = "") -> None:
    """Make a successor of the office's key and announce it to every station. Nothing else changes yet."""
    from office.cli.keys import announce_next

    announce_next(by or user())


@key.command(name="use")
def key_use(
    *,
    anyway: Annotated[
        bool, typer.Option("--anyway", help="Also while stations have not heard of it: they must be enrolled again.")
    ] = False,
) -> None:
    """Sign with the successor from now on. Cards that were signed before stay valid. Start the worker again then."""
    from office.cli.keys import use_next

    use_next(anyway=anyway)
