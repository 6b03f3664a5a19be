"""Commands about what people and stations hold: budgets, homes, corrections, neighbours, partners, erasure."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from office.cli.options import By, Json, user

rights = typer.Typer()

Who = Annotated[str, typer.Argument(help="Name or id of the resident.")]
StationArgument = Annotated[str, typer.Argument(help="The station's 14 digits.")]
Reason = Annotated[str, typer.Option(help="Why; it stands in the books.")]


@rights.command()
def budget(
    station: StationArgument,
    points: Annotated[int, typer.Argument(min=1, help="How many points more it may award.")],
    reason: Reason,
    by: By = "",
) -> None:
    """Let a station award points to residents by itself."""
    from office.cli.rights import give_budget

    give_budget(station, points, reason, by or user())


@rights.command(name="home")
def home_command(resident: Who, station: StationArgument, reason: Reason = "搬家", by: By = "") -> None:
    """Give a resident another home station; the points follow as the former one returns them."""
    from office.cli.rights import change_home

    change_home(resident, station, reason, by or user())


@rights.command(name="take-back")
def take_back_command(
    resident: Who, points: Annotated[int, typer.Argument(min=1, help="How many.")], reason: Reason, by: By = ""
) -> None:
    """Take points back: at once from the office's part, the rest as stations return it; what is open is owed."""
    from office.cli.rights import take_points_back

    take_points_back(resident, points, reason, by or user())


@rights.command()
def owed(*, json: Json = False) -> None:
    """List what was to be taken back and has not come."""
    from office.cli.rights import list_owed

    list_owed(json=json)


@rights.command(name="write-off")
def write_off(
    correction: Annotated[int, typer.Argument(min=1, help="Its number in `office owed`.")], reason: Reason, by: By = ""
) -> None:
    """Give up what is still owed of a correction."""
    from office.cli.rights import give_up

    give_up(correction, reason, by or user())


@rights.command(name="merge")
def merge_command(
    resident: Who, into: Annotated[str, typer.Argument(help="Who it is in truth.")], reason: Reason, by: By = ""
) -> None:
    """Two accounts of one person: points and cards of the first become the second's."""
    from office.cli.rights import merge_accounts

    merge_accounts(resident, into, reason, by or user())


@rights.command()
def proxy(
    resident: Who,
    neighbour: Annotated[str, typer.Argument(help="Name or id of the neighbour.")],
    *,
    spend: Annotated[bool, typer.Option(help="May spend points, up to what the rules allow.")] = False,
    collect: Annotated[bool, typer.Option(help="May collect what vouchers stand for.")] = True,
    until: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Last day; absent: for good.")] = None,
    by: By = "",
) -> None:
    """Let a neighbour come in a resident's place; with --no-collect and without --spend: no more."""
    from office.cli.rights import let_come

    let_come(resident, neighbour, until, by or user(), spend=spend, collect=collect)


@rights.command(name="pin-reset")
def pin_reset(resident: Who, reason: Reason, by: By = "") -> None:
    """Take a resident's PIN away: they choose another at a station, beside staff."""
    from office.cli.rights import take_pin

    take_pin(resident, reason, by or user())


@rights.command()
def honour(
    voucher: Annotated[str, typer.Argument(help="The code of a partner's voucher, or its number with --station.")],
    station: Annotated[str, typer.Option(help="Who issued it, 14 digits; only with a number.")] = "",
    fate: Annotated[str, typer.Option(help="honoured or void.")] = "honoured",
    by: By = "",
) -> None:
    """Write what became of a voucher of a partner, for whom the office is the place."""
    from office.cli.rights import honour_voucher

    honour_voucher(voucher, station, fate, by or user())


@rights.command()
def erase(
    resident: Annotated[str, typer.Argument(help="Name or id of the resident; nothing: list what waits.")] = "",
    reason: Annotated[str, typer.Option(help="Why; needed to ask for it.")] = "",
    confirm: Annotated[int, typer.Option(min=0, help="Number of the erasure that is to be done now.")] = 0,
    decline: Annotated[int, typer.Option(min=0, help="Number of one that is not to be done; with --reason.")] = 0,
    by: By = "",
) -> None:
    """Forget a resident, here and at every station: ask for it, then confirm it by its number. It cannot be undone."""
    from office.cli.rights import erase_resident

    erase_resident(resident, reason, confirm, decline, by or user())
