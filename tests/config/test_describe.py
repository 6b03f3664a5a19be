from __future__ import annotations

import pytest

from config.describe import FILES, main, markdown, toml
from config.expectation import fields_of, part_of
from tests.config.samples import load


@pytest.mark.parametrize("name", FILES)
def test_the_described_example_is_right_itself(name: str) -> None:
    assert load(toml(name, FILES[name]), FILES[name])


@pytest.mark.parametrize("name", FILES)
def test_the_defaults_in_comments_are_right_too(name: str) -> None:
    rows = toml(name, FILES[name]).splitlines()
    written = "\n".join(
        row[2:] if row.startswith("# ") and " = " in row and "Expected" not in row else row for row in rows
    )
    assert load(written, FILES[name])


@pytest.mark.parametrize("name", FILES)
def test_every_field_is_described_in_both(name: str) -> None:
    tables = [FILES[name], *filter(None, map(part_of, fields_of(FILES[name]).values()))]
    for table in tables:
        for key, field in fields_of(table).items():
            assert field.description, key
            if part_of(field) is None:
                assert f"| `{key}` |" in markdown(name, FILES[name])
                assert key in toml(name, FILES[name])


def test_the_table_says_unit_bounds_and_default() -> None:
    row = "| `idle_seconds` | a whole number of seconds, 20 to 600 | `60` |"
    assert row in markdown("station", FILES["station"])


def test_the_command_writes_what_was_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["devices"]) == 0
    written = capsys.readouterr().out
    assert "## devices.toml" in written
    assert "station.toml" not in written


def test_the_command_refuses_an_unknown_name(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["stations"])
    assert "known: station, devices, link, office, catalogue, board, demo" in capsys.readouterr().err
