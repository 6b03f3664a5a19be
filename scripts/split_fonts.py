"""Split the Simplified-Chinese faces out of Debian's Noto CJK collection, and make a small one for everyday text.

Face 0 of the collection is Japanese, and SDL cannot choose a face of a collection: drawn from it, 骨 直 令 化 come
out in Japanese shape. The faces are Noto Sans CJK SC (SIL Open Font License 1.1).

``YizhanSans`` is the whole face: 65,000 glyphs, 2.4 MB of memory for every size that is loaded. ``YizhanCore`` holds
ASCII and GB2312 (7,540 characters), which is nearly all that a screen ever shows; a line with anything else is drawn
from the whole face.
"""

from __future__ import annotations

import sys
from pathlib import Path

import uharfbuzz
from fontTools.ttLib import TTCollection, TTFont

COLLECTIONS = Path("/usr/share/fonts/opentype/noto")
WANTED = {"Regular": "NotoSansCJK-Regular.ttc", "Bold": "NotoSansCJK-Bold.ttc"}


def main(target: Path) -> None:
    """Write ``YizhanSans-<weight>.otf`` and ``YizhanCore-<weight>.otf`` into ``target``."""
    target.mkdir(parents=True, exist_ok=True)
    for weight, name in WANTED.items():
        source = COLLECTIONS / name
        if not source.exists():
            sys.exit(f"{source} is missing: install the Debian package fonts-noto-cjk")
        temporary = target / f".{weight}.part"
        _simplified_chinese(source).save(temporary)
        core = _everyday(temporary)
        temporary.replace(target / f"YizhanSans-{weight}.otf")
        temporary.write_bytes(core)
        temporary.replace(target / f"YizhanCore-{weight}.otf")


def _simplified_chinese(source: Path) -> TTFont:
    for face in TTCollection(source, lazy=True).fonts:
        family = face["name"].getDebugName(1) or ""
        if family.startswith("Noto Sans CJK SC"):
            return face
    sys.exit(f"{source}: no face named 'Noto Sans CJK SC' in it")


def _everyday(face: Path) -> bytes:
    wanted = uharfbuzz.SubsetInput()
    wanted.unicode_set.update(map(ord, everyday_characters()))
    whole = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(face)))
    subset = uharfbuzz.subset(whole, wanted)
    if subset is None:
        sys.exit(f"{face}: could not be made smaller")
    return bytes(subset.blob.data)


def everyday_characters() -> set[str]:
    """ASCII, GB2312, and the marks that Python's codec of GB2312 maps elsewhere than people type them."""
    characters = {chr(code) for code in range(0x20, 0x7F)} | set("·—…")
    for first in range(0xA1, 0xF8):
        for second in range(0xA1, 0xFF):
            try:
                characters.add(bytes((first, second)).decode("gb2312"))
            except UnicodeDecodeError:
                continue
    return characters


if __name__ == "__main__":
    main(Path(sys.argv[1]))
