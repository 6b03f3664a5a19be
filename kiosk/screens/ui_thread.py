"""The one bridge from other threads to the screen: only Kivy's own thread may touch a widget."""

from __future__ import annotations

from collections.abc import Callable

from kivy.clock import Clock


def post_to_ui(fn: Callable[[], None]) -> None:
    """Have ``fn`` called on the UI thread before the next frame. May be called from any thread; returns at once."""
    Clock.schedule_once(lambda _elapsed: fn(), 0)


def every(seconds: float, fn: Callable[[], None]) -> None:
    """Have ``fn`` called on the UI thread again and again."""
    Clock.schedule_interval(lambda _elapsed: fn(), seconds)


def once(seconds: float, fn: Callable[[], None]) -> None:
    """Have ``fn`` called on the UI thread, once, later."""
    Clock.schedule_once(lambda _elapsed: fn(), seconds)
