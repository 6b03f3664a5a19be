"""The letter under which staff look for a surname."""

from __future__ import annotations

import pytest

from domain.initials import OTHER, initial_of, surname_of


@pytest.mark.parametrize(
    ("surname", "letter"),
    [
        ("王", "W"), ("张", "Z"), ("欧阳", "O"), ("阿", "A"), ("陈", "C"), ("座", "Z"),  # as GB 2312 has them
        ("曾", "Z"), ("单", "S"), ("解", "X"), ("查", "Z"), ("仇", "Q"), ("区", "O"),  # read otherwise as a surname
        ("尉迟", "Y"), ("长孙", "Z"), ("万俟", "M"), ("万", "W"),  # read otherwise in a compound
        ("闫", "Y"), ("覃", "Q"), ("佘", "S"), ("臧", "Z"),  # not among the common hanzi
        ("买买提", "M"), ("Ali", "A"), ("䶮", OTHER), ("1", OTHER), ("", OTHER),
    ],
)  # fmt: skip
def test_a_surname_stands_under_its_letter(surname: str, letter: str) -> None:
    assert initial_of(surname) == letter


@pytest.mark.parametrize(
    ("name", "surname"), [("张*三", "张"), ("李*", "李"), ("欧阳*珍", "欧阳"), ("买买提", "买"), ("", "")]
)
def test_the_surname_of_a_masked_name(name: str, surname: str) -> None:
    assert surname_of(name) == surname
