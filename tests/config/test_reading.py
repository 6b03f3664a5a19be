from __future__ import annotations

import json
from pathlib import Path

import pytest
from pydantic import Field, SecretStr

from config.document import Document, Part
from config.mistakes import SettingsError
from config.reading import BYTES_MAX, name, read
from config.station import StationSettings
from tests.config.samples import STATION, load, mistakes


def test_three_mistakes_are_told_at_once_each_with_its_line() -> None:
    text = STATION.replace("10.1", "40").replace("1280", '"1280"') + "[times]\nidle_seconds = 5\n"
    found = mistakes(text, StationSettings)
    assert [(one.line, one.key, one.found) for one in found] == [
        (5, "panel.diagonal_inches", "40"),
        (6, "panel.width_px", '"1280"'),
        (9, "times.idle_seconds", "5"),
    ]
    assert found[0].expected == "a number of inches, 5 to 32"
    assert found[1].advice == "Write it without quotes: `width_px = 1280`."
    assert found[2].expected == "a whole number of seconds, 20 to 600"


def test_the_error_reads_as_a_list_and_as_json() -> None:
    with pytest.raises(SettingsError) as caught:
        load(STATION.replace("10.1", "40").replace("1280", "1.5"), StationSettings)
    head, first_row, second_row = str(caught.value).split("\n")
    assert head == "2 mistakes:"
    assert first_row == (
        "  x.toml:5: panel.diagonal_inches: found 40, expected a number of inches, 5 to 32. "
        "Write for example `diagonal_inches = 10.1`."
    )
    assert second_row == (
        "  x.toml:6: panel.width_px: found 1.5, expected a whole number of px, 640 to 7680. "
        "Write it without a decimal point."
    )
    first = json.loads(caught.value.to_json())[0]
    assert first["file"] == "x.toml"
    assert first["line"] == 5
    assert set(first) == {"file", "line", "key", "found", "expected", "advice"}


def test_a_misspelt_key_is_one_mistake_and_the_right_name_is_offered() -> None:
    (only,) = mistakes(STATION.replace("diagonal_inches", "diagonal_inch"), StationSettings)
    assert (only.line, only.key, only.advice) == (5, "panel.diagonal_inch", "Did you mean `diagonal_inches`?")


def test_a_misspelt_section_is_one_mistake() -> None:
    (only,) = mistakes(STATION.replace("[panel]", "[pannel]"), StationSettings)
    assert (only.line, only.key, only.found, only.advice) == (4, "pannel", "a table", "Did you mean `panel`?")


def test_a_key_under_the_wrong_section_is_sent_home() -> None:
    (only,) = mistakes(STATION + "idle_seconds = 60\n", StationSettings)
    assert (only.line, only.advice) == (8, "`idle_seconds` belongs under [times].")


def test_a_key_like_no_other_is_told_what_is_known() -> None:
    (only,) = mistakes(STATION + "[storage]\ncolour = 1\n", StationSettings)
    assert only.advice == "Remove it; known here: folder."


def test_what_is_missing_is_shown_with_an_example() -> None:
    (only,) = mistakes(STATION.replace("width_px = 1280\n", ""), StationSettings)
    assert (only.line, only.key, only.found) == (4, "panel.width_px", "")
    assert only.advice == "Add `width_px = 1280`."


def test_an_empty_file_names_its_missing_sections() -> None:
    found = mistakes("", StationSettings)
    assert [(one.line, one.advice) for one in found] == [(1, "Add a table `[panel]`."), (1, "Add a table `[station]`.")]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a = 1\nb = = 2\n", 2, "invalid value"),
        ("[station\nid = 1\n", 1, "declaration"),
        ("a = 1\na = 2\n", 2, "cannot overwrite a value"),
        ("a = 1\nb = [1,\n", 2, "invalid value"),
        ("id = “5”\n", 1, "half-width signs: “”"),
        ("a = 1\nid ＝ 5\n", 2, "half-width signs: ＝"),
    ],
)
def test_broken_toml_is_one_mistake_with_its_line(text: str, line: int, words: str) -> None:
    (only,) = mistakes(text, StationSettings)
    assert only.line == line
    assert words in only.advice


def test_full_width_signs_in_a_comment_are_not_blamed() -> None:
    (only,) = mistakes("a = = 1 # “注释”", StationSettings)
    assert "half-width" not in only.advice


def test_bad_utf8_names_line_and_byte() -> None:
    (only,) = mistakes(b'a = 1\nname = "\xff\xfe"\n', StationSettings)
    assert (only.line, only.found, only.expected) == (2, "byte 0xFF", "text in UTF-8")
    assert only.advice == "Save the file as UTF-8."


def test_gbk_is_recognised() -> None:
    (only,) = mistakes("a = 1\nname = '驿站'\n".encode("gb18030"), StationSettings)
    assert (only.line, only.advice) == (2, "The file looks like GBK: save it as UTF-8.")


def test_the_mark_that_windows_editors_write_does_no_harm() -> None:
    assert load("\ufeff" + STATION, StationSettings).panel.width_px == 1280


def test_a_file_that_is_too_large_is_refused_unread() -> None:
    (only,) = mistakes(b"#" * (BYTES_MAX + 1), StationSettings)
    assert only.expected == "at most 1000000 bytes"


def test_brackets_without_end_are_a_mistake_and_no_crash() -> None:
    (only,) = mistakes("a = " + "[" * 20_000 + "]" * 20_000, StationSettings)
    assert only.file == "x.toml"


def test_a_missing_file_is_a_mistake_of_the_same_shape(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as caught:
        read(tmp_path / "none.toml", StationSettings)
    (only,) = caught.value.mistakes
    assert (only.file, only.line) == (str(tmp_path / "none.toml"), 0)
    assert str(only).startswith(f"{tmp_path / 'none.toml'}: expected a file that can be read.")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(SettingsError):
        read(tmp_path, StationSettings)


class _Broker(Part):
    password: SecretStr = Field(min_length=8, strict=False)
    port: int = 0


class _WithSecret(Document):
    broker: _Broker


@pytest.mark.parametrize("text", ['password = "hunter2"', 'pasword = "hunter2"', "password = 7654321"])
def test_secrets_are_masked_even_when_misspelt(text: str) -> None:
    found = mistakes(f"[broker]\n{text}\n", _WithSecret)
    assert found
    assert all("hunter2" not in str(one) + str(one.to_json()) for one in found)
    assert all("7654321" not in str(one) for one in found)
    assert "********" in {one.found for one in found}


def test_long_and_many_lined_values_are_shown_short_and_on_one_line() -> None:
    (only,) = mistakes(STATION.replace('"学田湾社区党群驿站"', '"""\n' + "长\n" * 100 + '"""'), StationSettings)
    assert len(only.found) == 60
    assert "\n" not in only.found


def test_paths_count_from_one_for_people() -> None:
    assert name(("item", 2, "points")) == "item[3].points"
