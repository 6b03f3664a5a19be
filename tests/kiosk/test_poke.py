"""A nudge between two processes: it arrives, or it is lost; it never waits and never fails."""

from __future__ import annotations

from pathlib import Path

from kiosk.poke import Poke, drain, listen


def test_it_arrives_and_many_are_one(tmp_path: Path) -> None:
    ear = listen(tmp_path / "sock")
    poke = Poke(tmp_path / "sock")
    assert not drain(ear)
    for _ in range(10_000):  # more than any queue holds
        poke()
    assert drain(ear)
    assert not drain(ear)
    ear.close()


def test_nobody_there_is_no_fault_and_a_new_ear_is_heard(tmp_path: Path) -> None:
    poke = Poke(tmp_path / "sock")
    poke()
    first = listen(tmp_path / "sock")
    first.close()  # a process that died leaves its socket's name behind
    poke()
    second = listen(tmp_path / "sock")
    poke()
    assert drain(second)
    second.close()


def test_a_folder_far_down_is_as_good(tmp_path: Path) -> None:
    folder = tmp_path.joinpath(*["站点" * 10] * 3)
    folder.mkdir(parents=True)
    ear = listen(folder / "sock")
    Poke(folder / "sock")()
    assert drain(ear)
    ear.close()
