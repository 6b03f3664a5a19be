"""What commands print: for people in colour and lines, for programs in JSON."""

from __future__ import annotations

import dataclasses
import json as json_library
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

if TYPE_CHECKING:
    from rich.console import Console, RenderableType


@runtime_checkable
class Told(Protocol):
    """A result that knows how to be told to people, line by line."""

    def lines(self) -> Sequence[str]:
        """The lines, with rich's markup."""
        ...


def say(result: Told | Sequence[Told], *, json: bool) -> None:
    """Print a result."""
    console = _console()
    if json:
        console.out(json_library.dumps(_plain(result), ensure_ascii=False, indent=2), highlight=False)
        return
    for told in [result] if isinstance(result, Told) else result:
        for line in told.lines():
            console.print(line)


def show(renderable: RenderableType) -> None:
    """Print something that rich draws."""
    _console().print(renderable)


def complain(message: str) -> None:
    """Print what went wrong, on the error output."""
    _console(stderr=True).print(f"[bold red]✗[/] {_escaped(message)}")


def _console(*, stderr: bool = False) -> Console:
    from rich.console import Console  # 4 MB that a running kiosk does not need

    return Console(stderr=stderr, highlight=False, soft_wrap=True)


def _escaped(text: str) -> str:
    return text.replace("[", "\\[")


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, tuple | list):
        return [_plain(part) for part in value]
    return str(value) if isinstance(value, Path) else value
