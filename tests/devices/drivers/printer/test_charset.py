from __future__ import annotations

import pytest

from devices.drivers.printer.charset import encoded, is_native
from devices.drivers.printer.profile import Charset


@pytest.mark.parametrize(
    ("char", "in_gb18030", "in_gb2312"),
    [
        ("A", True, True),
        ("积", True, True),
        ("，", True, True),
        ("·", True, True),
        ("—", True, True),
        ("─", True, True),
        ("喆", True, False),
        ("堃", True, False),
        ("昇", True, False),
        ("㛃", False, False),
        ("𬭎", False, False),
        ("é", True, True),
        ("ñ", False, False),
        ("¥", False, False),
        ("\ue000", False, False),
        ("\x1b", False, False),
        ("\ud800", False, False),
    ],
)
def test_what_the_firmware_has(char: str, in_gb18030: bool, in_gb2312: bool) -> None:
    assert is_native(char, Charset.GB18030) is in_gb18030
    assert is_native(char, Charset.GB2312) is in_gb2312


def test_chinese_text_can_never_forge_a_command() -> None:
    native = [char for char in map(chr, range(0x80, 0x10000)) if is_native(char, Charset.GB18030)]
    assert len(native) > 21_000
    assert min(min(encoded(char)) for char in native) >= 0x30
