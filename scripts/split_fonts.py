"""Split the Simplified-Chinese faces out of Debian's Noto CJK collection.

Face 0 of the collection is Japanese, and SDL cannot choose a face of a collection: drawn from it, 骨 直 令 化 come
out in Japanese shape. The faces are Noto Sans CJK SC (SIL Open Font License 1.1), unchanged but for their container.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools.ttLib import TTCollection, TTFont

COLLECTIONS = Path("/usr/share/fonts/opentype/noto")
WANTED = {"Regular": "NotoSansCJK-Regular.ttc", "Bold": "NotoSansCJK-Bold.ttc"}


def main(target: Path) -> None:
    """Write ``YizhanSans-<weight>.otf`` into ``target``."""
    target.mkdir(parents=True, exist_ok=True)
    for weight, name in WANTED.items():
        source = COLLECTIONS / name
        if not source.exists():
            sys.exit(f"{source} is missing: install the Debian package fonts-noto-cjk")
        face = _simplified_chinese(source)
        temporary = target / f".{weight}.part"
        face.save(temporary)
        temporary.replace(target / f"YizhanSans-{weight}.otf")


def _simplified_chinese(source: Path) -> TTFont:
    for face in TTCollection(source, lazy=True).fonts:
        family = face["name"].getDebugName(1) or ""
        if family.startswith("Noto Sans CJK SC"):
            return face
    sys.exit(f"{source}: no face named 'Noto Sans CJK SC' in it")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
