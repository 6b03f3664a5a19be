from __future__ import annotations

from pathlib import Path

from config.describe import FILES, markdown

DOCUMENT = Path(__file__).parents[2] / "docs" / "settings.md"


def test_the_document_says_what_the_declarations_say() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    for name, model in FILES.items():
        assert markdown(name, model).strip() in text, f"docs/settings.md is behind config/ for {name}"
