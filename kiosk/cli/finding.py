"""One thing that ``kiosk check`` looked at."""

from __future__ import annotations

from dataclasses import dataclass

from devices.ports import Health


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found. ``state`` is ``ok``, ``not_ok`` or ``unknown``; ``code`` stands in docs/errors.md."""

    thing: str
    state: str
    detail: str
    code: str = ""

    @property
    def ok(self) -> bool:
        """Whether this needs nobody: ``unknown`` is shown, and does not fail the check."""
        return self.state != Health.NOT_OK

    def lines(self) -> list[str]:
        """For people."""
        mark = {"ok": "[green]✓[/]", "not_ok": "[bold red]✗[/]"}.get(self.state, "[yellow]?[/]")
        code = f" [dim]({self.code})[/]" if self.code else ""
        detail = self.detail.replace("[", r"\[")  # a device may call itself anything
        return [f"{mark} {self.thing:<12} {detail}{code}"]
