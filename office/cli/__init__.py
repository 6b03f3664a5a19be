"""The commands of an office. ``office --help`` teaches; ``--json`` is for programs."""

from __future__ import annotations

from office.cli.commands import main

__all__ = ["main"]
