"""``office rules`` and ``office document``."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from office.cli.options import By, Json, user

rules = typer.Typer(
    help="The rules of the community: caps, limits, proxies. Published to stations like the catalogue.",
    no_args_is_help=True,
)
document = typer.Typer(help="What was published: the catalogue, the rules, the board.", no_args_is_help=True)

At = Annotated[
    datetime | None,
    typer.Option("--at", help="From when on it counts, in China, as 2026-12-01T08:00; absent: at once."),
]
To = Annotated[list[str] | None, typer.Option("--to", help="Only to this station for now; may be repeated.")]
County = Annotated[str, typer.Option("--county", help="Only to the stations of this county (6 digits) for now.")]


@rules.command(name="show")
def rules_show(*, json: Json = False) -> None:
    """Show the newest rules, as a file could state them."""
    from office.cli.rules import show_rules

    show_rules(json=json)


@rules.command(name="set")
def rules_set(
    values: Annotated[list[str], typer.Argument(help="NAME=NUMBER or NAME=true, as home_cap=500.")],
    at: At = None,
    by: By = "",
) -> None:
    """Change single values of the newest rules and publish them. Limits are changed by a file."""
    from office.cli.rules import set_rules

    set_rules(values, at, by or user())


@rules.command(name="push")
def rules_push(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="rules.toml: the whole of the rules.")],
    at: At = None,
    to: To = None,
    county: County = "",
    by: By = "",
) -> None:
    """Publish the rules of a file. What it does not state has its default."""
    from office.cli.rules import push_rules

    push_rules(file, at, to or [], county, by or user())


@document.command(name="list")
def document_list(*, json: Json = False) -> None:
    """List what was published, and how every station stands with it: taken, waiting, or refused because."""
    from office.cli.rules import list_documents

    list_documents(json=json)


@document.command(name="rest")
def document_rest(name: Annotated[str, typer.Argument(help="catalogue, rules or board.")], by: By = "") -> None:
    """Announce the newest version to all stations that were left out so far."""
    from office.cli.rules import announce_to_rest

    announce_to_rest(name, by or user())


@document.command(name="back")
def document_back(
    name: Annotated[str, typer.Argument(help="catalogue, rules or board.")],
    version: Annotated[int, typer.Argument(min=1, help="The version whose content is to count again.")],
    to: To = None,
    county: County = "",
    by: By = "",
) -> None:
    """Publish what an older version said, under the next number: versions only grow."""
    from office.cli.rules import back_to

    back_to(name, version, to or [], county, by or user())
