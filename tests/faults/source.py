"""The names of the points as they stand in the source: what must be passed by some scenario."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("domain", "sync", "kiosk", "office")
_PART = "[a-z_0-9.]+"


def points_of_the_source() -> dict[str, re.Pattern[str]]:
    """Return where each stands → what its name looks like; names of transactions are given by who opens them."""
    found: dict[str, re.Pattern[str]] = {}
    for package in PACKAGES:
        for file in sorted((ROOT / package).rglob("*.py")):
            for line, pattern in _points(ast.parse(file.read_text(encoding="utf-8"))):
                found[f"{file.relative_to(ROOT)}:{line} {pattern}"] = re.compile(pattern)
    return found


def _points(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        pattern = _pattern(node.args[0])
        if name == "point" and pattern:
            yield node.lineno, pattern
        elif name == "transaction" and pattern:
            yield node.lineno, rf"{pattern}\.before_commit"
            yield node.lineno, rf"{pattern}\.after_commit"


def _pattern(said: ast.expr) -> str:
    if isinstance(said, ast.Constant) and isinstance(said.value, str):
        return re.escape(said.value)
    if isinstance(said, ast.JoinedStr):
        return "".join(_PART if isinstance(part, ast.FormattedValue) else _pattern(part) for part in said.values)
    return ""
