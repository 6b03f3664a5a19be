from __future__ import annotations

import copy
import pickle

import pytest

from devices.drivers.idcard.sealed import Sealed


def test_it_is_wiped_whatever_happens() -> None:
    sealed = Sealed(b"secret")
    view = memoryview(sealed)
    with pytest.raises(ZeroDivisionError), sealed:
        _ = 1 // 0
    assert bytes(view) == bytes(6), "in place, so that who looks into it sees nothing either"


def test_no_way_of_printing_shows_it() -> None:
    sealed = Sealed(b"secret")
    assert {repr(sealed), str(sealed), f"{sealed}", f"{sealed!r}", f"{[sealed]}"[1:-1]} == {"Sealed()"}


def test_it_is_not_carried_away() -> None:
    for carry in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError, match="not copied"):
            carry(Sealed(b"secret"))
