"""Text → the codes of a Chinese receipt printer, and which of them its firmware has."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from devices.drivers.printer.profile import Charset

_CODECS = {Charset.GB2312: "gb2312", Charset.GBK: "gbk"}


class UnprintableError(ValueError):
    """A character that neither the printer's charset nor the face at hand can show."""

    def __init__(self, char: str) -> None:
        super().__init__(f"nothing to print {char!r} (U+{ord(char):04X}) with")
        self.char = char


def encoded(text: str) -> bytes:
    """The bytes of a text of which every character is native. No byte of them can forge a command: GB18030 trail bytes
    are never below 30h, so ESC, GS, DLE and LF cannot occur.
    """
    # Python's gb2312 codec refuses ``·`` and ``—``; gb18030 gives the same codes for all of GB2312 and GBK.
    return text.encode("gb18030")


@lru_cache(maxsize=4096)
def is_native(char: str, charset: Charset) -> bool:
    """Whether firmware with this charset has the character in its own font."""
    if "\x20" <= char <= "\x7e":
        return True
    if charset is Charset.ASCII:
        return False
    if unicodedata.category(char) in ("Cc", "Cn", "Co", "Cs"):  # private-area codes exist in GB18030 and print blank
        return False
    code = char.encode("gb18030")
    if len(code) == 4:
        return charset is Charset.GB18030_FOUR and unicodedata.name(char, "").startswith("CJK UNIFIED IDEOGRAPH")
    return len(code) == 2 and (charset not in _CODECS or _decodes(code, _CODECS[charset]))


def _decodes(code: bytes, codec: str) -> bool:
    try:
        code.decode(codec)
    except UnicodeDecodeError:
        return False
    return True
