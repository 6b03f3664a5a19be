"""The commands about rights, in this process: what they say and what they leave in the books."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from office.books.models import (
    Card,
    Correction,
    Credit,
    Document,
    Erasure,
    Grant,
    Holding,
    LateClaim,
    Neighbour,
    Recall,
    Resident,
)
from office.cli.commands import app
from office.faults import LifeEnded
from tests.office.world import FIRST, SECOND, OfficeWorld

PEOPLE = """
[stock]
101 = 12
[[resident]]
name = "王秀兰"
points = 380
id_number = "109901194910010175"
[[resident]]
name = "赵国强"
points = 20
[[staff]]
name = "何静"
role = "站长"
"""


def run(*words: str) -> Result:
    done = CliRunner().invoke(app, [*words])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done


@pytest.fixture
def ready(office: OfficeWorld) -> OfficeWorld:
    assert run("grant", "陈桂芳", "100", "--reason", "巡逻").exit_code == 0
    return office


def test_people_are_taken_in_once(office: OfficeWorld, tmp_path: Path) -> None:
    file = tmp_path / "people.toml"
    file.write_text(PEOPLE, encoding="utf-8")
    first = run("import", str(file), "--station", FIRST, "--cards", str(tmp_path / "cards.json"))
    assert first.exit_code == 0
    before = (Resident.objects.count(), Card.objects.count(), Credit.objects.count(), Grant.objects.count())
    Resident.objects.filter(name="王秀兰").update(name="王秀蘭")  # her ID card is hers all the same
    again = run("import", str(file), "--station", FIRST, "--cards", str(tmp_path / "again.json"))
    assert "3 of them are in the books already" in again.output
    assert before == (Resident.objects.count(), Card.objects.count(), Credit.objects.count(), Grant.objects.count())
    assert json.loads((tmp_path / "again.json").read_text()) == []


def test_rules_are_shown_set_staged_and_brought_back(ready: OfficeWorld, tmp_path: Path) -> None:
    assert "defaults" in run("rules", "show").output
    assert run("rules", "set", "home_cap=500", "expired_refund=false").exit_code == 0
    file = tmp_path / "rules.toml"
    file.write_text('home_cap = 700\n[[limits]]\nid = "rice"\npieces = 2\nperiod = "month"\nitems = [101]\n')
    assert run("rules", "push", str(file), "--to", SECOND).exit_code == 0
    assert dict(Holding.objects.values_list("station_id", "version")) == {FIRST: 1, SECOND: 2}
    assert "to some only" in run("document", "list").output
    assert run("document", "rest", "rules").exit_code == 0
    assert run("document", "back", "rules", "1").exit_code == 0
    shown = json.loads(run("rules", "show", "--json").output)
    assert (shown["version"], shown["home_cap"], shown["expired_refund"]) == (3, 500, False)
    assert run("rules", "push", str(file), "--at", "2030-01-01T08:00").exit_code == 0
    newest = Document.objects.get(version=4).effective_from
    assert newest is not None
    assert newest.isoformat() == "2030-01-01T00:00:00+00:00"  # 8 o'clock in China


def test_points_are_taken_back_owed_and_written_off(ready: OfficeWorld) -> None:
    assert "60 owed" in run("take-back", "陈桂芳", "60", "--reason", "记错").output
    (row,) = json.loads(run("owed", "--json").output)
    assert row["owed"] == 60
    assert run("write-off", str(row["pk"]), "--reason", "算了").exit_code == 0
    assert "0 open" in run("owed").output
    assert Correction.objects.get().absorbed_by


def test_budgets_homes_neighbours_and_merging(ready: OfficeWorld) -> None:
    assert run("budget", FIRST, "50", "--reason", "十一月").exit_code == 0
    assert Grant.objects.filter(thing="budget/awards", amount=50).exists()
    assert run("home", "陈桂芳", SECOND).exit_code == 0
    assert run("proxy", "陈桂芳", "李明", "--spend", "--until", "2027-01-31").exit_code == 0
    assert Neighbour.objects.get().until is not None
    assert "no more" in run("proxy", "陈桂芳", "李明", "--no-collect").output
    assert run("merge", "李明", "陈桂芳", "--reason", "同一个人").exit_code == 0
    assert Resident.objects.get(name="李明").merged_into is not None


def test_erasing_takes_two_steps(ready: OfficeWorld) -> None:
    asked = run("erase", "陈桂芳", "--reason", "本人要求")
    assert "nothing is gone yet" in asked.output
    assert "1 wait" in run("erase").output
    assert run("erase", "--confirm", str(Erasure.objects.get().pk)).exit_code == 0
    assert not Resident.objects.filter(name="陈桂芳").exists()


def test_parked_entries_are_listed_and_set_aside(ready: OfficeWorld) -> None:
    ready.ends[FIRST].open()
    ready.ends[FIRST].write(b"rubbish")
    ready.talk()
    (row,) = json.loads(run("parked", "show", "--json").output)
    key = (row["station"], str(row["epoch"]), str(row["number"]))
    assert run("parked", "apply", *key).exit_code == 1
    assert run("parked", "set-aside", *key, "--reason", "乱码").exit_code == 0
    assert "0 parked" in run("parked", "show").output
    assert "0 applied" in run("parked", "retry").output


def test_late_claims_are_listed_charged_and_borne(ready: OfficeWorld) -> None:
    chen = ready.residents["陈桂芳"].pk
    for number in (1, 2):
        LateClaim.objects.create(
            station_id=FIRST, epoch=1, number=number, data=b"{}", kind="voucher_issued", resident=chen, points=30,
            why="late", received_at=ready.parts.now(),
        )  # fmt: skip
    first, second = (str(row["pk"]) for row in json.loads(run("claim", "list", "--json").output))
    assert "30 points are taken back" in run("claim", "accept", first, "--reason", "本人承认").output
    assert run("claim", "absorb", second, "--reason", "站点承担").exit_code == 0
    (owed,) = json.loads(run("owed", "--json").output)
    assert (owed["owed"], Recall.objects.get().asked) == (30, 30)
    assert [row["state"] for row in json.loads(run("claim", "list", "--json").output)] == ["accepted", "absorbed"]
    assert isinstance(CliRunner().invoke(app, ["claim", "accept", first, "--reason", "再来"]).exception, LifeEnded)
