"""The commands of a station. ``kiosk --help`` teaches; ``--json`` is for programs."""

from __future__ import annotations

from kiosk.cli.commands import main

__all__ = ["main"]
