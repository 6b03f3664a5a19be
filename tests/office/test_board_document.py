"""The board at the office: all mistakes at once, for all stations or for some, shown and brought back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from config.mistakes import SettingsError
from domain.facts import DocumentAnnounced
from office.books.models import Document, Holding
from office.cli.commands import app
from office.services.board import board_of, publish_board, read_board
from office.services.documents import bring_back
from tests.config.samples import EXAMPLES
from tests.office.test_services import told
from tests.office.world import FIRST, SECOND, OfficeWorld

NOTICE = '[[notice]]\ntitle = "{title}"\ntext = "明天九点"\n'


def run(*words: str) -> Result:
    done = CliRunner().invoke(app, [*words])
    assert done.exception is None or isinstance(done.exception, SystemExit | SettingsError), done.exception
    return done


def file_of(folder: Path, title: str) -> Path:
    file = folder / "board.toml"
    file.write_text(NOTICE.format(title=title), encoding="utf-8")
    return file


def titles(station: str = "") -> list[str]:
    return [notice.title for notice in board_of(station).notices]


def test_a_board_is_for_all_or_for_some_and_comes_back(office: OfficeWorld, tmp_path: Path) -> None:
    assert publish_board(office.parts, read_board(file_of(tmp_path, "甲")))
    assert publish_board(office.parts, read_board(file_of(tmp_path, "甲"))) is None
    publish_board(office.parts, read_board(file_of(tmp_path, "乙")), to=(SECOND,))
    publish_board(office.parts, read_board(file_of(tmp_path, "乙")), to=(FIRST,))  # others have it, this one has not
    assert dict(Holding.objects.filter(name="board").values_list("station_id", "version")) == {FIRST: 3, SECOND: 2}
    bring_back(office.parts, "board", 1, to=(FIRST,))
    assert (titles(), titles(FIRST), titles(SECOND)) == (["甲"], ["甲"], ["乙"])
    announced = [fact.version for fact in told(FIRST) if isinstance(fact, DocumentAnnounced)]
    assert announced == [1, 3, 4]
    publish_board(office.parts, read_board(file_of(tmp_path, "丙")))
    assert (titles(), titles(FIRST), titles(SECOND)) == (["丙"], ["丙"], ["丙"])


def test_the_command_publishes_and_shows(office: OfficeWorld, tmp_path: Path) -> None:
    assert "none published yet" in run("board", "show").stdout
    done = run("board", "push", str(EXAMPLES / "board.toml"))
    assert "board 1 is published" in done.stdout
    assert "nothing changes" in run("board", "push", str(EXAMPLES / "board.toml")).stdout
    shown = run("board", "show").stdout
    for words in ("version 1", "Monday: 9:00-12:00, 14:00-17:30", "2027-02-05", "免费量血压", "off 22:00-6:00"):
        assert words in shown
    run("board", "push", str(file_of(tmp_path, "只给一站")), "--to", SECOND)
    assert json.loads(run("board", "show", "--json").stdout)["version"] == 1
    assert json.loads(run("board", "show", "--json", "--station", SECOND).stdout)["notices"][0]["title"] == "只给一站"
    run("document", "back", "board", "1", "--to", SECOND)
    assert titles(SECOND) == titles()


def test_all_mistakes_of_a_file_are_told_and_nothing_is_published(office: OfficeWorld, tmp_path: Path) -> None:
    file = file_of(tmp_path, "一二三四五六七八九十一二三")
    with file.open("a", encoding="utf-8") as more:
        more.write('[screen]\noff = ["25:00-6:00"]\n')
    with pytest.raises(SettingsError) as caught:
        read_board(file)
    assert [(mistake.line, mistake.key) for mistake in caught.value.mistakes] == [
        (2, "notice[1].title"),
        (5, "screen.off[1]"),
    ]
    assert not Document.objects.exists()
