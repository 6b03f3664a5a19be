"""``python -m office`` is the command line."""

from __future__ import annotations

from office.cli import main

main()
