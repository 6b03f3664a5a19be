"""``office pepper``."""

from __future__ import annotations

from typing import Annotated

import typer

from office.cli.options import By, Json, user

pepper = typer.Typer(help="The secret under which card numbers are digested, and its versions.", no_args_is_help=True)


@pepper.command(name="next")
def pepper_next(by: By = "") -> None:
    """Make the next version. Stations get it when they are enrolled or renew their certificate; nothing changes yet."""
    from office.cli.peppers import make_next_version

    make_next_version(by or user())


@pepper.command(name="show")
def pepper_show(*, json: Json = False) -> None:
    """Show the versions, how many cards there are of each, and which stations have not got the newest yet."""
    from office.cli.peppers import show_versions

    show_versions(json=json)


@pepper.command(name="use")
def pepper_use(
    by: By = "",
    *,
    anyway: Annotated[
        bool, typer.Option("--anyway", help="Also while stations lack it: they will not know new or re-keyed cards.")
    ] = False,
) -> None:
    """Digest new cards under the newest version. Cards of older ones stay known, and pass over when they are read."""
    from office.cli.peppers import use_next_version

    use_next_version(by or user(), anyway=anyway)
