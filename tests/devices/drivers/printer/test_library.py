from __future__ import annotations

import subprocess
import sys

_SCRIPT = """
import logging, os, sys, tempfile
from devices.drivers.printer import render, printer
assert "escpos" not in sys.modules, "loaded before it is needed"
from devices.drivers.printer.library import pen
printer = pen()
printer.hw("INIT")
assert printer.output == b"\\x1b@"
assert logging.root.handlers == []
assert "ESCPOS_CAPABILITIES_FILE" not in os.environ
assert os.listdir(tempfile.gettempdir()) == [], os.listdir(tempfile.gettempdir())
"""


def test_the_library_comes_late_and_leaves_no_trace(tmp_path: object) -> None:
    environment = {"TMPDIR": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": "."}
    done = subprocess.run(
        [sys.executable, "-c", _SCRIPT], env=environment, capture_output=True, text=True, check=False, timeout=60
    )
    assert (done.returncode, done.stderr) == (0, "")
