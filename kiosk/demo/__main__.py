"""``python -m kiosk.demo``: a window where there is a display, else the pictured tour."""

from __future__ import annotations

import logging
import os
from pathlib import Path
from typing import Annotated

import typer

from kiosk.demo import texts


def main(
    out: Annotated[Path, typer.Option(help="Where the station, its cards and the papers go.")] = Path("build/demo"),
    fonts: Annotated[Path, typer.Option(help="Folder of YizhanSans-Regular.otf and -Bold.otf.")] = Path("build/fonts"),
    *,
    audit: Annotated[bool, typer.Option("--audit", help="Measure every screen of the tour.")] = False,
) -> None:
    """Play the kiosk on invented data with simulated devices."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s %(message)s")
    # A filter, since Kivy sets its logger's level itself when it is imported, and then tells of twenty things.
    logging.getLogger("kivy").addFilter(lambda record: record.levelno >= logging.WARNING)
    if os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        from kiosk.demo.window import play

        raise typer.Exit(play(out, fonts))
    from kiosk.demo.tour import play as play_tour

    typer.echo(texts.NO_DISPLAY)
    raise typer.Exit(play_tour(out, fonts, audited=audit))


typer.run(main)
