"""The version of this software, as its package says it."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

try:
    VERSION = version("yizhan")
except PackageNotFoundError:  # run from a folder that was never installed
    VERSION = "0"
