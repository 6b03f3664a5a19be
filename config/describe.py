"""Write the manual of the settings from their declarations: ``python -m config.describe [--toml] [name …]``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from config.board import Board
from config.catalogue import Catalogue
from config.devices import DeviceSettings
from config.document import Document
from config.expectation import expectation, extra, fields_of, is_many, is_secret, part_of
from config.explain import MASK, written
from config.link import LinkSettings
from config.office import OfficeSettings
from config.residents import DemoData
from config.station import StationSettings

FILES: dict[str, type[Document]] = {
    "station": StationSettings,
    "devices": DeviceSettings,
    "link": LinkSettings,
    "office": OfficeSettings,
    "catalogue": Catalogue,
    "board": Board,
    "demo": DemoData,
}


def markdown(name: str, model: type[Document]) -> str:
    """One file as a heading and a table for each of its sections."""
    rows = [f"## {name}.toml", ""]
    for header, about, fields in _sections(model):
        if header:
            rows += [f"### `{header}`", "", about, ""]
        rows += ["| key | expected | default | meaning |", "| --- | --- | --- | --- |"]
        for key, field in fields:
            cells = (
                f"`{key}`",
                _cell(expectation(field)),
                _default(key, field, fields),
                _cell(field.description or ""),
            )
            rows.append(f"| {' | '.join(cells)} |")
        rows.append("")
    return "\n".join(rows)


def toml(name: str, model: type[Document]) -> str:
    """One file as an example: what must be written is written, what may be left out is a comment with its default."""
    rows = [f"# {name}.toml"]
    for header, about, fields in _sections(model):
        rows += ["", *([f"# {about}", header] if header else [])]
        for key, field in fields:
            if extra(field, "instead"):
                rows.append(f"# {field.description} Expected: {expectation(field)}: {key} = {extra(field, 'example')}")
                continue
            rows.append(f"# {field.description} Expected: {expectation(field)}.")
            is_wanted = field.is_required() or bool(_others(key, fields))
            value = extra(field, "example") if is_wanted else _value(field)
            is_bare = "=" in value  # the lines of a table whose keys are free
            line = value if is_bare else f"{key} = {value}"
            rows += [f"[{key}]", line] if is_bare else [line if is_wanted else f"# {line}"]
    return "\n".join(rows) + "\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the manual to standard output."""
    parser = argparse.ArgumentParser(prog="python -m config.describe", description="The manual of the settings.")
    parser.add_argument("--toml", action="store_true", help="examples in TOML instead of Markdown tables")
    parser.add_argument("names", nargs="*", metavar="name", help=f"which files: {', '.join(FILES)} (all)")
    chosen = parser.parse_args(arguments)
    unknown = [name for name in chosen.names if name not in FILES]
    if unknown:
        parser.error(f"unknown: {', '.join(unknown)}; known: {', '.join(FILES)}")
    render = toml if chosen.toml else markdown
    sys.stdout.write("\n".join(render(name, FILES[name]) for name in chosen.names or FILES))
    return 0


def _sections(model: type[BaseModel]) -> Iterator[tuple[str, str, list[tuple[str, FieldInfo]]]]:
    """Header, sentence and fields of each section; first what stands above all headers, under an empty header."""
    fields = fields_of(model)
    loose = [(key, field) for key, field in fields.items() if part_of(field) is None]
    if loose:
        yield "", "", sorted(loose, key=lambda pair: "=" in extra(pair[1], "example"))
    for key, field in fields.items():
        inner = part_of(field)
        if inner is not None:
            header = f"[[{key}]]" if is_many(field) else f"[{key}]"
            yield header, field.description or "", list(fields_of(inner).items())


def _others(key: str, fields: list[tuple[str, FieldInfo]]) -> list[str]:
    """The fields that may stand in the place of one."""
    return [other for other, field in fields if extra(field, "instead") == key]


def _default(key: str, field: FieldInfo, fields: list[tuple[str, FieldInfo]]) -> str:
    if field.is_required():
        return "required"
    if others := _others(key, fields):
        return "required, or `" + "`, `".join(others) + "`"
    value = _value(field)
    return f"`{value}`" if field.default is not None and value else "–"


def _value(field: FieldInfo) -> str:
    """The default as in TOML, else the example."""
    if is_secret(field):
        return f'"{MASK}"'
    if field.default is None or field.default_factory is not None:
        return extra(field, "example")
    return written(field.default)


def _cell(words: str) -> str:
    return words.replace("|", "\\|")


if __name__ == "__main__":
    raise SystemExit(main())
