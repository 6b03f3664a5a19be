"""Which characters the typefaces of the screen have."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kiosk.screens.environment import WHOLE_FACE
from kiosk.screens.text import face_of


@dataclass(frozen=True, slots=True)
class Faces:
    """The characters of the everyday face and of the whole one, as code points."""

    everyday: frozenset[int]
    whole: frozenset[int]

    def missing(self, line: str) -> str:
        """Characters of a line that the face which draws it does not have."""
        known = self.whole if face_of(line) == WHOLE_FACE else self.everyday
        return "".join(sorted({char for char in line if char != "\n" and ord(char) not in known}))


def read_faces(regular: Path, bold: Path) -> Faces:
    """Read the typeface files of the station: what both weights have. Raises ``OSError``."""
    from fontTools.ttLib import TTFont

    def characters(face: Path) -> frozenset[int]:
        with TTFont(face, lazy=True) as font:
            return frozenset(font.getBestCmap())

    whole = characters(regular) & characters(bold)
    small = [face.with_name(face.name.replace("Sans", "Core")) for face in (regular, bold)]
    everyday = characters(small[0]) & characters(small[1]) if all(face.is_file() for face in small) else whole
    return Faces(everyday, whole)
