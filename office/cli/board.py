"""What ``office board`` does."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import msgspec
from rich.markup import escape

from domain.board import Span
from office.cli.output import say, say_json
from office.cli.rules import chosen, parts_of, said, when
from office.home import home
from office.setup import setup

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def push_board(file: Path, at: datetime | None, to: list[str], county: str, by: str) -> None:
    """Publish a file."""
    parts = parts_of(by)
    from office.services.board import publish_board, read_board

    said(publish_board(parts, read_board(file), when(at), chosen(to, county)))


def show_board(station: str, *, json: bool) -> None:
    """Print a board."""
    home().require()
    setup()
    from office.services.board import board_of

    if station:
        chosen([station], "")
    board = board_of(station)
    if json:
        say_json(msgspec.to_builtins(board))
        return
    if not board.version:
        say("none published yet")
        return
    say(f"version {board.version}")
    say(*(f"  {day}: {_spans(hours)}" for day, hours in zip(_DAYS, board.week, strict=False)))
    for special in board.specials:
        why = f" ({escape(special.name)})" if special.name else ""
        say(f"  {special.first} to {special.last}{why}: {_spans(special.hours)}")
    for notice in board.notices:
        days = f" [dim]{notice.first or ''} to {notice.last or 'further notice'}[/]"
        say(f"  notice {escape(notice.title)}: {escape(notice.text)}{days}")
    if board.featured is not None:
        say(f"  featured {escape(board.featured.name)}: {escape(board.featured.line)}")
    say(f"  screen dim {_spans(board.dim, 'never')}, off {_spans(board.off, 'never')}")


def _spans(spans: Iterable[Span], none: str = "closed") -> str:
    return ", ".join(f"{_clock(span.start)}-{_clock(span.end)}" for span in spans) or none


def _clock(minute: int) -> str:
    return f"{minute // 60}:{minute % 60:02d}"
