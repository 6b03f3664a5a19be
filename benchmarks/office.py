"""An office for the benchmarks, in a folder of its own; Django is made ready once a process."""

from __future__ import annotations

import os
from pathlib import Path


def found(root: Path, broker_port: int = 1883, stations_port: int = 8883) -> None:
    """Make the office that the rest of this process speaks with. SQLite, as it comes."""
    os.environ["YIZHAN_OFFICE_HOME"] = str(root)
    (root / "secrets").mkdir(parents=True, mode=0o700)
    (root / "secrets" / "django.key").write_text("only for benchmarks")
    from office.setup import setup

    setup()
    from office.cli.initialise import initialise

    initialise("admin", broker_port, 8000, stations_port=stations_port)
