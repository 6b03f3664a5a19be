"""Where Django looks for pages: importing them registers them."""

from __future__ import annotations

from office.pages import catalogue, people, stations

__all__ = ["catalogue", "people", "stations"]
