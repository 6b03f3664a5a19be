"""The copy on the stick: what was erased leaves it at the next look, whatever else came or did not come."""

from __future__ import annotations

import contextlib
import shutil
from functools import partial
from pathlib import Path

import pytest

from domain.entries import Stamp, encode_entry, private_digest
from domain.facts import ConsentGiven, ResidentErased
from kiosk import faults
from kiosk.copying import AGAIN_SECONDS, Copying
from kiosk.journal.ending import open_next
from kiosk.stick import copy, read_back, stick_of
from sync.identity import SigningKey, signed_by
from sync.stick import PRIVATES_FILE, StickError
from tests.support.desk import CHEN, TestDesk

FRAME = SigningKey(1, b"f" * 32)
CHENS, LIS = "陈桂芳".encode(), "李明".encode()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def with_private(desk: TestDesk, private: bytes) -> int:
    """An entry with a part that can be erased; return its number."""
    number, salt = desk.journal.chain.head().number + 1, b"s" * 16
    fact = ConsentGiven(CHEN, 1)
    with desk.journal.transaction("private"):
        stamp = Stamp(number.to_bytes(16, "big"), 7, 1, clock_ok=True)
        entry = encode_entry(stamp, fact.KIND, fact, private=private_digest(salt, private))
        return desk.journal.chain.append(entry, salt, private)


def privates(desk: TestDesk, root: Path) -> bytes:
    return (stick_of(desk.journal, root).folder / PRIVATES_FILE).read_bytes()


def test_it_is_gone_though_as_many_parts_came(desk: TestDesk, root: Path) -> None:
    copying = Copying(desk.journal, root, FRAME.sign)
    number = with_private(desk, CHENS)
    copying.look(0.0)
    assert CHENS in privates(desk, root)
    with_private(desk, LIS)
    desk.receive([ResidentErased(CHEN, ((1, number),))])
    copying.look(0.1)
    assert CHENS not in privates(desk, root)
    assert LIS in privates(desk, root)


def test_it_is_gone_without_any_entry_and_from_a_stick_that_lay_in_a_drawer(desk: TestDesk, root: Path) -> None:
    copying = Copying(desk.journal, root, FRAME.sign)
    number = with_private(desk, CHENS)
    copying.look(0.0)
    shutil.copytree(root, root.with_name("drawer"))
    with desk.journal.transaction("erase"):
        desk.journal.erasures.erase(CHEN, [(1, number)])
    copying.look(0.1)
    assert CHENS not in privates(desk, root)
    shutil.rmtree(root)
    shutil.copytree(root.with_name("drawer"), root)
    assert CHENS in privates(desk, root)
    copying.look(0.1 + AGAIN_SECONDS)
    assert CHENS not in privates(desk, root)


def test_it_is_gone_from_the_copy_of_a_former_life(desk: TestDesk, root: Path) -> None:
    copying = Copying(desk.journal, root, FRAME.sign)
    number = with_private(desk, CHENS)
    with_private(desk, LIS)
    copying.look(0.0)
    former = stick_of(desk.journal, root).folder / PRIVATES_FILE
    with desk.journal.transaction("next"):
        open_next(desk.journal, desk.parts.stamp, "test")
    desk.receive([ResidentErased(CHEN, ((1, number),))])
    copying.look(0.1)
    assert desk.journal.identity.epoch == 2
    assert CHENS not in former.read_bytes()
    assert LIS in former.read_bytes()


def test_a_stick_on_which_nothing_changed_is_not_written(desk: TestDesk, root: Path) -> None:
    copying = Copying(desk.journal, root, FRAME.sign)
    with_private(desk, CHENS)
    copying.look(0.0)
    before = {path: path.stat().st_mtime_ns for path in root.rglob("*")}
    copying.look(AGAIN_SECONDS)
    assert {path: path.stat().st_mtime_ns for path in root.rglob("*")} == before


def test_two_processes_that_copy_at_once_leave_a_whole_copy(desk: TestDesk, root: Path) -> None:
    with_private(desk, LIS)
    own = partial(signed_by, FRAME.public)
    tried: list[str] = []

    def other(name: str) -> None:
        if name != "stick.appended" or tried:
            return
        tried.append(name)
        with_private(desk, CHENS)  # the kiosk sold something meanwhile
        with contextlib.suppress(StickError):
            copy(desk.journal, root, FRAME.sign)

    faults.listen(other)
    copy(desk.journal, root, FRAME.sign)
    faults.listen(None)
    for _ in range(2):
        head = stick_of(desk.journal, root).head()
        assert head is not None
        assert read_back(desk.journal, root, own)[0].last == head.up
        copy(desk.journal, root, FRAME.sign)
    assert tried
