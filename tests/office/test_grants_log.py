"""Grants stand on a second disk before anybody hears of them, and an older copy of the books is seen by that."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from domain.facts import Granted
from office.books.models import Counter, DownEntry, Grant, Office, Resident, Station
from office.faults import GrantsLogFault, NotGranted
from office.grants_log import GrantsLog, Line, make_grants_log
from office.home import home
from office.services.enrol import open_life
from office.services.granted import confirm
from office.services.grants import give_points
from office.services.parts import Parts
from office.services.recovering import blocked, compare, merge, recover
from office.worker.lives import look_after
from sync import fault_points
from tests.office.test_rights_commands import run
from tests.office.test_services import told
from tests.office.world import FIRST, OfficeWorld


class Cut(Exception):
    """A kill, or a lost connection to the books."""


@pytest.fixture
def path(tmp_path: Path) -> Iterator[Path]:
    file = tmp_path / "second" / "grants.log"
    file.parent.mkdir()
    assert make_grants_log(file)
    assert not make_grants_log(file)
    yield file
    fault_points.listen(None)


def started(office: OfficeWorld, path: Path) -> Parts:
    """The office's parts in a process that has just started."""
    parts = dataclasses.replace(office.parts, grants_log=GrantsLog(path))
    compare(parts)
    return parts


def chen(office: OfficeWorld) -> str:
    return str(office.residents["陈桂芳"].pk)


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text().splitlines()]


def cut_at(name: str) -> None:
    def cut(passed: str) -> None:
        if passed == name:
            raise Cut

    fault_points.listen(cut)


def go_back(office: OfficeWorld) -> None:
    """The books are put back from a copy that was made before anything was granted."""
    Grant.objects.all().delete()
    Counter.objects.all().delete()
    DownEntry.objects.filter(number__gt=0).delete()
    Resident.objects.filter(pk=chen(office)).update(credits=0)


def test_a_grant_is_on_the_second_disk_before_the_books_have_it(standing_office: OfficeWorld, path: Path) -> None:
    seen: list[int] = []
    fault_points.listen(lambda name: seen.append(len(lines(path))) if name == "down.entries_written" else None)
    give_points(started(standing_office, path), chen(standing_office), 100, "巡逻")
    assert seen == [1]
    granted, done = lines(path)
    assert [granted[name] for name in ("station", "epoch", "right", "total")] == [
        FIRST, 1, f"points/{chen(standing_office)}", 100,
    ]  # fmt: skip
    assert done == {"done": granted["id"]}


def test_what_was_rolled_back_counts_for_nothing(standing_office: OfficeWorld, path: Path) -> None:
    parts = started(standing_office, path)
    cut_at("down.head_moved")
    with pytest.raises(Cut):
        give_points(parts, chen(standing_office), 100, "巡逻")
    fault_points.listen(None)
    assert len(lines(path)) == 1
    assert not Grant.objects.exists()
    started(standing_office, path)
    look_after(parts)
    assert not blocked()
    give_points(parts, chen(standing_office), 30, "巡逻")
    started(standing_office, path)
    assert not blocked()


def test_after_a_kill_the_books_say_what_was_done(office: OfficeWorld, path: Path) -> None:
    parts = started(office, path)
    give_points(parts, chen(office), 100, "巡逻")  # in a transaction that has not ended: nothing says that it is done
    assert [set(line) & {"done"} for line in lines(path)] == [set()]
    look_after(parts)
    assert lines(path)[1] == {"done": lines(path)[0]["id"]}
    look_after(parts)
    assert len(lines(path)) == 2


def test_without_the_second_disk_nothing_is_granted_and_all_else_goes_on(office: OfficeWorld, path: Path) -> None:
    parts = started(office, path)
    path.unlink()
    with pytest.raises(GrantsLogFault):
        give_points(parts, chen(office), 100, "巡逻")
    assert (Grant.objects.count(), Resident.objects.get(pk=chen(office)).credits) == (0, 0)
    assert not path.exists()  # never made on the first disk, below an empty mount point
    look_after(parts)
    assert parts.grants_log is not None
    assert "grants.log" in parts.grants_log.said
    make_grants_log(path)
    give_points(parts, chen(office), 100, "巡逻")
    assert len(lines(path)) == 1


def test_nothing_is_granted_by_a_process_that_could_not_compare(office: OfficeWorld, path: Path) -> None:
    parts = dataclasses.replace(office.parts, grants_log=GrantsLog(path))
    with pytest.raises(GrantsLogFault, match="not held against the books"):
        give_points(parts, chen(office), 100, "巡逻")


def test_a_line_that_a_power_cut_tore_is_passed_over(office: OfficeWorld, path: Path) -> None:
    parts = started(office, path)
    give_points(parts, chen(office), 100, "巡逻")
    with path.open("ab") as file:
        file.write(b'{"id":"ab","station":"5001990')
    parts = started(office, path)
    give_points(parts, chen(office), 20, "巡逻")
    log = GrantsLog(path)
    confirm(log)
    assert list(log.totals.values()) == [120]


def test_books_that_know_less_recover_by_themselves_and_take_the_totals_in(office: OfficeWorld, path: Path) -> None:
    give_points(started(office, path), chen(office), 100, "巡逻")
    confirm(GrantsLog(path))
    go_back(office)
    parts = started(office, path)
    row = Office.objects.get(pk=1)
    assert (row.recovering_at is None, row.recovering_why, row.recovering_by) == (False, "拨付清单比账目新", "tester")
    assert blocked()
    counter = Counter.objects.get()
    assert (counter.station_id, counter.granted) == (FIRST, 100)
    began = Station.objects.get(pk=FIRST).down_epoch
    started(office, path)
    assert Station.objects.get(pk=FIRST).down_epoch == began  # taken in once
    with pytest.raises(NotGranted):  # what was forgotten is not known yet: seven more could not be told from it
        give_points(parts, chen(office), 7, "巡逻")
    for station in Station.objects.values_list("pk", flat=True):
        merge(parts, station)
    assert not blocked()
    assert Resident.objects.get(pk=chen(office)).credits == 100
    give_points(parts, chen(office), 7, "巡逻")
    totals = [one.total for one in told(FIRST) if isinstance(one, Granted)]
    assert totals == [100, 107]  # the station never got the first: it is told now


def test_the_commands_make_the_list_keep_it_and_read_it(office: OfficeWorld, path: Path) -> None:
    kept = home().settings.read_text()
    path.unlink()
    try:
        home().settings.write_text(f'[office]\ngrants_log = "{path}"\n' + kept)
        assert "list of grants" in run("init").output
        assert run("grant", "陈桂芳", "100", "--reason", "巡逻").exit_code == 0
        confirm(GrantsLog(path))
        go_back(office)
        assert "2 stations are asked" in run("recover", "--reason", "换了硬盘").output
        assert Counter.objects.get().granted == 100
        assert Office.objects.get(pk=1).recovering_why == "换了硬盘"
    finally:
        home().settings.write_text(kept)


def test_no_life_gets_a_number_twice_though_the_books_were_put_back_twice(office: OfficeWorld, path: Path) -> None:
    parts, given = started(office, path), set[int]()
    before = transaction.savepoint()
    for _ in range(3):
        recover(parts, "恢复")
        given.add(open_life(parts, FIRST, "驿站", "0a" * 32, "0b" * 32).epoch)
        transaction.savepoint_rollback(before)
        before = transaction.savepoint()
    assert len(given) == 3
    assert json.loads(path.read_text().splitlines()[-1]) == {"life": max(given), "station": FIRST}


def test_what_was_rolled_back_long_ago_is_not_looked_for_for_ever(office: OfficeWorld, path: Path) -> None:
    parts, line = started(office, path), Line("0" * 16, FIRST, 1, "points/x", 5, 1)
    log = parts.grants_log
    assert log is not None
    log.write(line)
    confirm(log, 3_000_000)
    assert list(log.undone) == [line.id]
    confirm(log, 4_000_000)
    assert not log.undone


def test_a_list_of_years_is_read_in_pieces(office: OfficeWorld, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = started(office, path).grants_log
    assert log is not None
    for total in range(1, 40):
        log.write(Line(f"{total:016x}", FIRST, 1, "points/x", total, 1))
        log.done(f"{total:016x}")
    with path.open("ab") as file:
        file.write(b'{"done": "torn')
    monkeypatch.setattr("office.grants_log.READ_BYTES", 300)
    fresh = GrantsLog(path)
    fresh.follow()
    assert fresh.totals == {(FIRST, 1, "points/x"): 39}
    assert not fresh.undone
