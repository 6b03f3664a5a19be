"""The same tests of the books once more, with the books in PostgreSQL: one setting is all that changes."""

from __future__ import annotations

import os
import subprocess
import sys

from tests.support.postgres import Postgres
from tests.support.station import ROOT


def test_the_office_on_postgresql() -> None:
    postgres = Postgres()
    try:
        environment = {**os.environ, "YIZHAN_OFFICE_DATABASE": postgres.database("books")}
        names = (
            "store", "services", "push", "pages", "permissions", "locks", "rights", "fates", "rules_document",
            "erasing", "parked", "grants_log", "lives", "liars",
        )  # fmt: skip
        suites = [f"tests/office/test_{name}.py" for name in names]
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *suites],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert done.returncode == 0, done.stdout[-3000:]
        assert " passed" in done.stdout
    finally:
        postgres.close()
