"""Named instants at which a kill must lose nothing. They stand here because both sides of the link pass them.

``tests/faults`` kills at the first, second, middle and last passing of each, and compares the names with the source:
a point that no scenario passes is a red test.
"""

from __future__ import annotations

from collections.abc import Callable

_hook: Callable[[str], None] | None = None


def point(name: str) -> None:
    """Mark an instant at which a power cut must lose nothing. Does nothing unless a test listens."""
    if _hook is not None:
        _hook(name)


def listen(hook: Callable[[str], None] | None) -> None:
    """Have ``hook`` called with the name of each point that is passed."""
    global _hook  # noqa: PLW0603 - one hook for the whole process, set by a test before the start
    _hook = hook
