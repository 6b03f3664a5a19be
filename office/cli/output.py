"""What commands print."""

from __future__ import annotations

import json
from typing import Any

from rich.console import Console

console = Console(highlight=False, soft_wrap=True)
_errors = Console(stderr=True, highlight=False, soft_wrap=True)


def say(*lines: str) -> None:
    """Print lines for people, with rich's markup."""
    for line in lines:
        console.print(line)


def say_json(value: Any) -> None:
    """Print one JSON value for programs."""
    console.out(json.dumps(value, ensure_ascii=False, indent=2), highlight=False)


def complain(message: str) -> None:
    """Print what went wrong, on the error output."""
    _errors.print("[bold red]✗[/] " + message.replace("[", "\\["))
