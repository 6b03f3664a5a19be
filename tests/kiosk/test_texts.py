"""Every text is there, every text is used, and every character of every text can be drawn and printed."""

from __future__ import annotations

import re
from pathlib import Path

from fontTools.ttLib import TTFont

from domain.refusals import RefusalCode
from kiosk.look import ENGLISH
from kiosk.texts import load_texts
from kiosk.wrapping import wrap_well
from tests.support.station import FONTS, ROOT

TEXTS = load_texts()
ENGLISH_TEXTS = load_texts(ENGLISH)
PLACE = re.compile(r"\{(.*?)\}")
KEY = re.compile(r"""\bt(?:exts)?\(\s*f?(["'])([^"']+)\1""")


def keys_in_the_code() -> set[str]:
    found: set[str] = set()
    for path in (ROOT / "kiosk").rglob("*.py"):
        found |= {key for _, key in KEY.findall(path.read_text(encoding="utf-8"))}
    return found


def test_every_key_in_the_code_has_a_text() -> None:
    keys = keys_in_the_code()
    assert len(keys) > 80
    for key in keys:
        pattern = re.compile(re.sub(r"\\\{.*?\\\}", r"[a-z_.0-9]+", re.escape(key)))
        assert any(pattern.fullmatch(known) for known in TEXTS.all()), key


def test_every_refusal_has_a_headline_and_a_sentence() -> None:
    for code in RefusalCode:
        assert TEXTS.has(f"refused.{code.value}.title"), code
        assert TEXTS.has(f"refused.{code.value}"), code


def test_every_text_is_used() -> None:
    patterns = [re.compile(re.sub(r"\\\{.*?\\\}", r"[a-z_.0-9]+", re.escape(key))) for key in keys_in_the_code()]
    code = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "kiosk").rglob("*.py"))
    dynamic = re.compile(r"(device|refused|weekday|kind|print|speech)\..+")
    for key in TEXTS.all():
        used = any(pattern.fullmatch(key) for pattern in patterns) or f'"{key}"' in code or dynamic.fullmatch(key)
        assert used, f"{key} is used nowhere"


def test_both_languages_say_the_same_things_of_the_same_values() -> None:
    assert ENGLISH_TEXTS.all().keys() == TEXTS.all().keys()
    for key, text in ENGLISH_TEXTS.every_form():
        known = set(PLACE.findall(TEXTS.all()[key]))
        assert set(PLACE.findall(text)) <= known, key
        assert known - set(PLACE.findall(text)) <= {"unit"}, key  # English counts without measure words


def test_english_is_english_and_breaks_between_words() -> None:
    for key, text in ENGLISH_TEXTS.every_form():
        assert not re.search(r"[\u4e00-\u9fff]", text), key
        for word in re.sub(r"\{.*?\}", "", text).split():
            assert len(word) <= 16, f"{key}: {word} does not fit on a button"
        lines = wrap_well(text, 18, len)
        assert " ".join(" ".join(lines).split()) == " ".join(text.split()), key


def test_one_point_and_two_points() -> None:
    assert ENGLISH_TEXTS("points", points=1) == "1 point"
    assert ENGLISH_TEXTS("points", points=2) == "2 points"
    assert TEXTS("points", points=1) == "1 分"


def test_every_character_can_be_drawn_and_printed() -> None:
    characters = set("".join((*TEXTS.all().values(), *(text for _, text in ENGLISH_TEXTS.every_form())))) - {"\n"}
    for weight in ("Regular", "Bold"):
        face = TTFont(FONTS / f"YizhanSans-{weight}.otf", lazy=True)
        assert not {c for c in characters if ord(c) not in face.getBestCmap()}
    assert not {c for c in characters if len(c.encode("gb18030")) > 2}


def test_texts_name_only_values_that_they_are_given() -> None:
    for key, text in TEXTS.all().items():
        for name in re.findall(r"\{(.*?)\}", text):
            assert name.isidentifier(), f"{key}: {{{name}}}"


def test_locale_files_hold_every_chinese_sentence_of_the_kiosk() -> None:
    """No Chinese in the code of the product; the demonstration is not the product."""
    chinese = re.compile(r"[\u4e00-\u9fff]")
    allowed = {"demo"}
    for path in (ROOT / "kiosk").rglob("*.py"):
        if (
            allowed & set(path.relative_to(ROOT / "kiosk").parts)
            or "wrapping" in path.name
            or "typesetting" in path.name
        ):
            continue
        code = strip_comments_and_docstrings(path)
        assert not chinese.search(code), f"{path.name}: a Chinese text in the code"


def strip_comments_and_docstrings(path: Path) -> str:
    text = re.sub(r'""".*?"""', "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    return re.sub(r"#.*", "", text)
