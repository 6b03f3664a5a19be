"""The commands for staff, one short function each; what they do stands in ``kiosk.cli.staff``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kiosk.cli.output import say

Config = Annotated[
    Path, typer.Option("--config", help="Folder with station.toml and devices.toml.", envvar="YIZHAN_CONFIG")
]
Json = Annotated[bool, typer.Option("--json", help="Answer in JSON, for programs.")]
Staff = Annotated[str, typer.Option(help="Id of the one of the staff who does this.")]
Reason = Annotated[str, typer.Option(help="Why, for whoever reads the books.")]
Text = Annotated[str, typer.Argument(help="The code on the paper, or the number of a voucher that is known here.")]
DEFAULT_CONFIG = Path("/etc/yizhan")

voucher = typer.Typer(help="Look at a voucher, hand goods over against it, take it back.", no_args_is_help=True)
award = typer.Typer(help="Points from the station's budget.", no_args_is_help=True)
stock = typer.Typer(help="Pieces that come in or are gone.", no_args_is_help=True)


@voucher.command("check")
def check(text: Text, config: Config = DEFAULT_CONFIG, *, json: Json = False) -> None:
    """Say whether a voucher would be honoured here and now; nothing is changed."""
    from kiosk.cli.staff import check_voucher

    say(check_voucher(config, text), json=json)


@voucher.command("honour")
def honour(
    text: Text,
    staff: Staff,
    proxy: Annotated[str, typer.Option(help="Id of the neighbour who collects it.")] = "",
    config: Config = DEFAULT_CONFIG,
    *,
    json: Json = False,
) -> None:
    """Hand goods over against a voucher: once for all time."""
    from kiosk.cli.staff import honour_voucher

    say(honour_voucher(config, text, staff, proxy), json=json)


@voucher.command("void")
def void(text: Text, staff: Staff, reason: Reason, config: Config = DEFAULT_CONFIG, *, json: Json = False) -> None:
    """Take a voucher back: what it cost is refunded by whoever issued it."""
    from kiosk.cli.staff import void_voucher

    say(void_voucher(config, text, staff, reason), json=json)


@award.command("give")
def give(
    resident: Annotated[str, typer.Argument(help="Id of the resident.")],
    points: Annotated[int, typer.Argument(min=1)],
    staff: Staff,
    reason: Reason,
    config: Config = DEFAULT_CONFIG,
    *,
    json: Json = False,
) -> None:
    """Give a resident points for what they did."""
    from kiosk.cli.staff import give_award

    say(give_award(config, resident, points, staff, reason), json=json)


@award.command("undo")
def undo(
    name: Annotated[str, typer.Argument(help="What `kiosk award give` called it.")],
    staff: Staff,
    reason: Reason,
    config: Config = DEFAULT_CONFIG,
    *,
    json: Json = False,
) -> None:
    """Take an award back, if its points are still here."""
    from kiosk.cli.staff import take_award_back

    say(take_award_back(config, name, staff, reason), json=json)


@stock.command("receive")
def receive(
    item: Annotated[int, typer.Argument(min=1)],
    pieces: Annotated[int, typer.Argument(min=1)],
    staff: Staff,
    reason: Reason,
    config: Config = DEFAULT_CONFIG,
    *,
    json: Json = False,
) -> None:
    """Write down that pieces came in."""
    from kiosk.cli.staff import stock_in

    say(stock_in(config, item, pieces, staff, reason), json=json)


@stock.command("write-off")
def off(
    item: Annotated[int, typer.Argument(min=1)],
    pieces: Annotated[int, typer.Argument(min=1)],
    staff: Staff,
    reason: Reason,
    config: Config = DEFAULT_CONFIG,
    *,
    json: Json = False,
) -> None:
    """Write down that pieces are broken, spoiled or missing."""
    from kiosk.cli.staff import stock_off

    say(stock_off(config, item, pieces, staff, reason), json=json)
