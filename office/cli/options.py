"""Options that many commands have."""

from __future__ import annotations

import os
from typing import Annotated

import typer

Json = Annotated[bool, typer.Option("--json", help="Answer in JSON, for programs.")]
By = Annotated[str, typer.Option(help="Who does this; it stands in the books.")]


def user() -> str:
    """Return who uses the command line, for the books."""
    return os.environ.get("SUDO_USER") or os.environ.get("USER") or "command line"
