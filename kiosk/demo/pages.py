"""The tour's page: every picture with its caption, and what the audit found. One file, no script."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path

from kiosk.demo import texts

_STYLE = """
body { background: #FBF5EA; color: #1F1A17; font: 18px/1.5 "Noto Sans SC", sans-serif; margin: 2rem; }
section { display: flex; flex-wrap: wrap; gap: 1rem; }
figure { margin: 0; width: 420px; }
img { width: 100%; border: 1px solid #8A7A66; }
li { color: #7A0000; }
"""


def write_page(out: Path, cells: Sequence[str]) -> Path:
    """Write ``index.html`` into ``out``; a cell is a folder in it, or ``.``. Captions come from ``captions.txt``."""
    parts = [_cell(out / cell, cell) for cell in cells]
    page = (
        f'<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>{texts.PAGE_TITLE}</title>'
        f"<style>{_STYLE}</style><h1>{texts.PAGE_TITLE}</h1>{''.join(parts)}</html>\n"
    )
    path = out / "index.html"
    path.write_text(page, encoding="utf-8")
    return path


def _cell(folder: Path, name: str) -> str:
    captions = read_captions(folder)
    figures = "".join(
        f'<figure><img loading="lazy" src="{escape(name)}/{escape(file)}" alt="{escape(said)}">'
        f"<figcaption>{escape(said)}</figcaption></figure>"
        for file, said in captions
    )
    findings = folder / "findings.txt"
    lines = findings.read_text(encoding="utf-8").splitlines() if findings.is_file() else []
    found = "".join(f"<li>{escape(line)}</li>" for line in lines)
    heading = "" if name == "." else f"<h2>{escape(name)}</h2>"
    return f"{heading}<ul>{found}</ul><section>{figures}</section>"


def write_captions(folder: Path, captions: Sequence[tuple[str, str]]) -> None:
    """Keep what was said of each picture beside them."""
    lines = "".join(f"{file}\t{said}\n" for file, said in captions)
    (folder / "captions.txt").write_text(lines, encoding="utf-8")


def read_captions(folder: Path) -> list[tuple[str, str]]:
    """File name and caption of every picture of a tour; none where no tour was played to its end."""
    path = folder / "captions.txt"
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    return [(file, said) for file, _, said in (line.partition("\t") for line in lines)]
