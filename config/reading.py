"""Read a TOML file that somebody wrote. Either it is right, or every mistake in it is told at once.

pydantic is used here and not msgspec, which is faster but stops at the first mistake. Lines come from our own walk
over the text, because no TOML reader of the standard library keeps them.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from config.document import Document, Problem
from config.explain import explain, shown
from config.lines import Lines
from config.mistakes import Mistake, SettingsError

BYTES_MAX = 1_000_000  # a catalogue of 24 items has 7,000 bytes; a larger file is not a settings file

D = TypeVar("D", bound=Document)

_PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")
# What a Chinese keyboard writes in place of the signs of TOML; Unicode keeps the full-width forms 0xFEE0 above ASCII.
_FULL_WIDTH = "“”‘’、。　" + "".join(chr(ord(sign) + 0xFEE0) for sign in "\"'=[]{},.:#")


def read(path: Path, model: type[D]) -> D:
    """Read one file.

    Raises:
        SettingsError: with all mistakes; also when the file is missing or cannot be read.
    """
    try:
        with path.open("rb") as file:
            raw = file.read(BYTES_MAX + 1)
    except OSError as error:
        advice = "Write the file, or name another one." if isinstance(error, FileNotFoundError) else str(error.strerror)
        raise SettingsError([Mistake(str(path), 0, "", "", "a file that can be read", advice)]) from error
    return parse(raw, str(path), model)


def parse(raw: bytes, file: str, model: type[D]) -> D:
    """Read bytes that stand for the file named ``file``.

    Raises:
        SettingsError: with all mistakes. A text that is no TOML has one: nothing behind it can be trusted.
    """
    text = _decode(raw, file)
    try:
        data = tomllib.loads(text)
        lines = Lines(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError([_syntax_mistake(text, file, error)]) from None
    except RecursionError:
        raise SettingsError([Mistake(file, 0, "", "", "TOML", "Brackets are nested too deeply.")]) from None
    problems = list(model.problems(data))
    try:
        value = model.model_validate(data)
    except ValidationError as error:
        problems += explain(error, model)
    else:
        if not problems:
            return value
    raise SettingsError(
        Mistake(
            file,
            lines.of(problem.path),
            name(problem.path),
            shown(data, model, problem.path),
            problem.expected,
            problem.advice,
        )
        for problem in problems
    )


def name(path: Iterable[str | int]) -> str:
    """A path for people: ``item[3].points`` is the points of the third item."""
    words = ""
    for part in path:
        words += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if words else part
    return words


def _decode(raw: bytes, file: str) -> str:
    if len(raw) > BYTES_MAX:
        problem = Problem((), f"at most {BYTES_MAX} bytes", "This is not a settings file.")
        raise SettingsError([Mistake(file, 0, "", "", problem.expected, problem.advice)])
    try:
        return raw.decode("utf-8-sig")  # editors on Windows put a mark before the text
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        found = f"byte 0x{raw[error.start]:02X}"
    advice = "Save the file as UTF-8."
    try:
        raw.decode("gb18030")
    except UnicodeDecodeError:
        pass
    else:
        advice = "The file looks like GBK: save it as UTF-8."
    raise SettingsError([Mistake(file, line, "", found, "text in UTF-8", advice)])


def _syntax_mistake(text: str, file: str, error: tomllib.TOMLDecodeError) -> Mistake:
    message = str(error)
    place = _PLACE.search(message)
    rows = text.replace("\r\n", "\n").split("\n")
    line = int(place[1]) if place and place[1] else len(text.rstrip().split("\n"))
    reason = message[: place.start()] if place else message
    row = rows[line - 1] if line <= len(rows) else ""
    wide = "".join(char for char in dict.fromkeys(row.split("#")[0]) if char in _FULL_WIDTH)
    advice = f"Look at line {line} and the one before it: {reason[:1].lower()}{reason[1:]}."
    if wide:
        advice += f" TOML wants half-width signs: {wide} may be wrong."
    return Mistake(file, line, "", "", "a line of TOML such as `key = value` or `[section]`", advice)
