"""The pages' Chinese where the library speaks English: compiled from the ``.po`` file into the office's folder.

Django reads only compiled catalogues. Made at every start of the pages, so that none can be older than its source.
"""

from __future__ import annotations

import io
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

SOURCE = Path(__file__).parent / "locales"


def compile_into(folder: Path) -> None:
    """Compile every language into ``folder``, which Django's settings name; what is right already is not touched."""
    for source in sorted(SOURCE.glob("*/LC_MESSAGES/django.po")):
        with source.open("rb") as file:
            catalogue = read_po(file, locale=source.parent.parent.name)
        made = io.BytesIO()
        write_mo(made, catalogue)
        target = folder / source.relative_to(SOURCE).with_suffix(".mo")
        if target.is_file() and target.read_bytes() == made.getvalue():
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        beside = target.with_suffix(".new")
        beside.write_bytes(made.getvalue())
        beside.replace(target)
