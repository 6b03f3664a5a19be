"""Where Django looks for pages: importing them registers them."""

from __future__ import annotations

from office.pages import catalogue, identity, joining, lives, people, rights, stations

__all__ = ["catalogue", "identity", "joining", "lives", "people", "rights", "stations"]
