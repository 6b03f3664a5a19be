"""python-escpos, loaded without its side effects: used for the plain commands it knows, never for text or wires.

Importing it would configure the root logger, read a 96 KB table of printers that we do not use
and leave a folder behind.
"""

from __future__ import annotations

import json
import logging
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

_TABLE_VARIABLE = "ESCPOS_CAPABILITIES_FILE"
_PICKLE_VARIABLE = "ESCPOS_CAPABILITIES_PICKLE_DIR"
_TABLE = {
    "profiles": {
        "default": {
            "name": "station printer",
            "codePages": {"0": "CP437"},
            "fonts": {"0": {"name": "Font A", "columns": 48}},
            "features": {"paperFullCut": True, "qrCode": True},
            "media": {"width": {"pixels": 576}},
        }
    },
    "encodings": {"CP437": {"name": "CP437", "python_encode": "cp437"}},
}


def pen() -> Any:
    """A fresh python-escpos printer that only collects bytes: ``output``, ``clear()``. Untyped, as the library is."""
    return _dummy_class()()


@cache
def _dummy_class() -> Any:
    with tempfile.TemporaryDirectory() as folder, _root_logger_kept():
        table = Path(folder) / "capabilities.json"
        table.write_text(json.dumps(_TABLE), "utf-8")
        with _environment({_TABLE_VARIABLE: str(table), _PICKLE_VARIABLE: None}):
            from escpos import capabilities
            from escpos.printer import Dummy
        shutil.rmtree(capabilities.pickle_dir, ignore_errors=True)
    return Dummy


@contextmanager
def _root_logger_kept() -> Iterator[None]:
    handlers = list(logging.root.handlers)
    try:
        yield
    finally:
        for handler in [handler for handler in logging.root.handlers if handler not in handlers]:
            logging.root.removeHandler(handler)


@contextmanager
def _environment(changes: dict[str, str | None]) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in changes}
    try:
        _set_environment(changes)
        yield
    finally:
        _set_environment(before)


def _set_environment(values: dict[str, str | None]) -> None:
    for name, value in values.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value
