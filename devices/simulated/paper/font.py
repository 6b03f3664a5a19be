"""Which characters a simulated printer's firmware holds. From the standards' code areas, not from the driver."""

from __future__ import annotations

from enum import StrEnum


class Font(StrEnum):
    """The Chinese font inside the printer."""

    NONE = "none"
    GB2312 = "gb2312"  # GB/T 2312: areas 1-9 marks, 16-87 hanzi, both bytes A1-FE
    GBK = "gbk"  # lead 81-FE, trail 40-FE
    GB18030 = "gb18030"  # the same area, with what the standard put into its gaps
    GB18030_FOUR = "gb18030-4"  # four-byte codes as well

    def four_bytes(self) -> bool:
        """Whether four-byte codes print."""
        return self is Font.GB18030_FOUR

    def char(self, code: bytes) -> str | None:
        """The character of a code; ``None`` for one that prints as a blank or a question mark."""
        try:
            char = code.decode("gb18030")
        except UnicodeDecodeError:
            return None
        return char if self._holds(code) else None

    def _holds(self, code: bytes) -> bool:
        if self is Font.NONE:
            return False
        if len(code) == 4:
            return self.four_bytes()
        if self is Font.GB2312:
            return min(code) >= 0xA1 and _decodes(code, "gb2312")
        return self is not Font.GBK or _decodes(code, "gbk")


def _decodes(code: bytes, codec: str) -> bool:
    try:
        code.decode(codec)
    except UnicodeDecodeError:
        return False
    return True
