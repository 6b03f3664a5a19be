from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.source import ROOT

_MAKE = (
    "import os, sys; from pathlib import Path; root = Path(sys.argv[1]);"
    "os.environ['YIZHAN_OFFICE_HOME'] = str(root / 'office'); from office.setup import setup; setup();"
    "from tests.faults.places import begin; begin(root)"
)


@pytest.fixture(scope="session")
def first_day(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Office and station as on their first day."""
    root = tmp_path_factory.mktemp("power") / "a" / "b"
    subprocess.run([sys.executable, "-c", _MAKE, str(root)], check=True, cwd=ROOT, capture_output=True)
    return root
