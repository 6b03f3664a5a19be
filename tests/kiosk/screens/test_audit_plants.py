"""Faults planted on a real screen, one at a time: the audit names each, and nothing that was not planted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from devices.spoken import Fragment
from kiosk import actions as a
from kiosk.audit.finding import Rule
from kiosk.flow import states as s
from kiosk.texts import load_texts
from kiosk.views import Button, ItemView, Tone, View
from tests.kiosk.flow.world import VISIT
from tests.kiosk.screens.audited import faces, read, spoken
from tests.kiosk.screens.sample_views import sample_views

VIEW = spoken(sample_views()["item"])
BODY = VIEW.body
Plant = Callable[[Any], None]


def described(words: str) -> View:
    assert isinstance(BODY, ItemView)
    return replace(VIEW, body=replace(BODY, description=words))


def text(stage: Any, words: str) -> Any:
    from kiosk.screens.text import Text

    return next(widget for widget in stage.host.walk() if isinstance(widget, Text) and words in widget.text)


def put(stage: Any, words: str, box: tuple[int, int, int, int], **more: Any) -> Any:
    from kiosk.screens.box import Box
    from kiosk.screens.text import Text

    added = Text(stage.host.theme, **{name: more.pop(name) for name in ("least",) if name in more})
    added.put(words, Box(*box), **more)
    stage.host.add_widget(added)
    return added


def button(stage: Any, box: tuple[int, int, int, int], action: a.Action | None = None, label: str = "好的") -> Any:
    from kiosk.screens.box import Box
    from kiosk.screens.button import WordButton

    added = WordButton(stage.host.theme, lambda _action: None)
    added.offer(Button(label, action or a.AcceptLater(), Tone.PLAIN), Box(*box))
    stage.host.add_widget(added)
    return added


def cut(stage: Any) -> None:
    text(stage, "东北大米").width = 20


def too_long(stage: Any) -> None:
    stage.show(described("很长的话，" * 60))


def overlap(stage: Any) -> None:
    from kiosk.screens.box import Box

    name = text(stage, "东北大米")
    price = text(stage, "120 分")
    price.put(price.text, Box(int(name.x), int(name.y), int(name.width), int(name.height)))


def under_a_button(stage: Any) -> None:
    redeem = stage.hand.find(a.Redeem())
    put(stage, "看不见的话", (redeem.box.x + 8, redeem.box.top - 40, 300, 80))


def off_its_button(stage: Any) -> None:
    from kiosk.screens.box import Box

    label = text(stage, "返回")
    label.put(label.text, Box(int(label.x) - 90, int(label.y), int(label.width), int(label.height)))


def small_type(stage: Any) -> None:
    from kiosk.theme import Size

    label = text(stage, "期限")
    label.put(label.text, label_box(label), size=Size.NOTE)


def label_box(label: Any) -> Any:
    from kiosk.screens.box import Box

    return Box(int(label.x), int(label.y), int(label.width), int(label.height))


def pale(stage: Any) -> None:
    label = text(stage, "期限")
    label.put(label.text, label_box(label), "#8A7A66")


def pale_on_a_button(stage: Any) -> None:
    label = text(stage, "返回")
    label.put(label.text, label_box(label), "#A89880")


def painted_over(stage: Any) -> None:
    from kiosk.screens.card import Card

    label = text(stage, "期限")
    cover = Card(stage.host.theme)
    cover.put(label_box(label))
    stage.host.add_widget(cover)


def small_target(stage: Any) -> None:
    found = stage.hand.find(a.Finish())
    found.width -= stage.host.theme.mm(1) + int(found.width - stage.host.theme.target)


def close_targets(stage: Any) -> None:
    home = stage.hand.find(a.Home())
    home.x -= stage.host.theme.mm(0.5)


def off_the_glass(stage: Any) -> None:
    stage.hand.find(a.Redeem()).x = 1280 - 300


def boxes(stage: Any) -> None:
    stage.show(described("新米 😀"))


def control(stage: Any) -> None:
    stage.show(described("新米\u200b好"))


def key(stage: Any) -> None:
    stage.show(described("button.finish"))


def empty_place(stage: Any) -> None:
    stage.show(described("还差 {points} 分"))


def foreign(stage: Any) -> None:
    stage.show(described("Fresh rice"))


def no_way_on(stage: Any) -> None:
    stage.show(replace(VIEW, frame=replace(VIEW.frame, resident="", back=None, home=None, finish=None)))


def no_home(stage: Any) -> None:
    stage.show(replace(VIEW, frame=replace(VIEW.frame, home=None)))


def silence(stage: Any) -> None:
    stage.show(replace(VIEW, speech=()))


def unknown_line(stage: Any) -> None:
    stage.show(replace(VIEW, speech=(Fragment("speech.nonsense", "您好"),)))


def tells(stage: Any) -> None:
    stage.show(replace(VIEW, speech=(Fragment("speech.home", "陈*芳，您好"),)))


def no_help(stage: Any) -> None:
    stage.show(replace(VIEW, frame=replace(VIEW.frame, help=None)))


def seven_choices(stage: Any) -> None:
    for at in range(6):
        button(stage, (30 + at * 205, 400, 190, 110), a.ChooseItem(at))


PLANTS: tuple[tuple[Plant, Rule], ...] = (
    (cut, Rule.TEXT_CUT),
    (too_long, Rule.TEXT_CUT),
    (overlap, Rule.TEXT_OVERLAPS),
    (under_a_button, Rule.TEXT_OVERLAPS),
    (off_its_button, Rule.TEXT_OUTSIDE),
    (small_type, Rule.TEXT_SMALL),
    (pale, Rule.TEXT_PALE),
    (pale_on_a_button, Rule.TEXT_PALE),
    (painted_over, Rule.TEXT_HIDDEN),
    (small_target, Rule.TARGET_SMALL),
    (close_targets, Rule.TARGETS_CLOSE),
    (off_the_glass, Rule.TARGET_OUTSIDE),
    (boxes, Rule.GLYPH_MISSING),
    (control, Rule.UNPRINTABLE),
    (key, Rule.UNTRANSLATED),
    (empty_place, Rule.UNTRANSLATED),
    (foreign, Rule.UNTRANSLATED),
    (no_home, Rule.NO_HOME),
    (silence, Rule.NO_SPEECH),
    (unknown_line, Rule.NO_SPEECH),
    (tells, Rule.SPEECH_TELLS),
    (no_help, Rule.HELP_MISSING),
    (seven_choices, Rule.CHOICES),
)
WITH_COMPANY: dict[Plant, set[Rule]] = {
    too_long: {Rule.TEXT_SMALL},  # what does not fit is set small before it is cut
    boxes: {Rule.TEXT_HIDDEN},
    under_a_button: {Rule.TEXT_PALE, Rule.TEXT_HIDDEN},
    overlap: {Rule.TEXT_PALE, Rule.TEXT_HIDDEN, Rule.TEXT_SMALL, Rule.TEXT_CUT},
    off_its_button: {Rule.TEXT_PALE, Rule.TEXT_OVERLAPS, Rule.TEXT_HIDDEN},
    off_the_glass: {Rule.TEXT_OUTSIDE},
    small_target: {Rule.TEXT_OUTSIDE},
    close_targets: {Rule.TEXT_OUTSIDE},
    seven_choices: {Rule.TEXT_OVERLAPS, Rule.TEXT_HIDDEN, Rule.TEXT_PALE, Rule.TARGETS_CLOSE},
    control: {Rule.GLYPH_MISSING},
}
"""Rules that such a fault breaks besides."""


@pytest.mark.parametrize(("plant", "rule"), PLANTS, ids=[plant.__name__ for plant, _ in PLANTS])
def test_a_planted_fault_is_named(stage: Any, plant: Plant, rule: Rule) -> None:
    from kiosk.audit.audit import audit

    stage.show(VIEW)
    assert audit(read(stage)) == ()
    plant(stage)
    found = {finding.rule for finding in audit(read(stage))}
    assert rule in found
    assert found <= {rule} | WITH_COMPANY.get(plant, set())


def test_a_screen_that_leads_nowhere_is_named(stage: Any) -> None:
    from kiosk.audit.audit import audit

    stage.show(VIEW)
    no_way_on(stage)
    found = audit(read(stage, session=s.Session(s.AtItem(VISIT, VISIT.catalogue.items[0]))))
    assert [finding.rule for finding in found] == [Rule.NO_WAY_ON]


def test_a_screen_that_time_does_not_end_is_named(stage: Any) -> None:
    from kiosk.audit.audit import audit

    stage.show(VIEW)
    session = s.Session(s.AtItem(VISIT, VISIT.catalogue.items[0]))
    assert audit(read(stage, session=session)) == ()
    found = audit(read(stage, session=session, times=s.Times(idle_seconds=9000)))
    assert [finding.rule for finding in found] == [Rule.NO_TIME_OUT]


def test_help_that_moved_is_named(stage: Any) -> None:
    from kiosk.audit.audit import audit_together

    stage.show(VIEW)
    first = read(stage, "first")
    stage.hand.find(a.CallStaff()).x -= 40
    moved = read(stage, "moved")
    found = audit_together([first, first, moved])
    assert [(finding.rule, finding.screen) for finding in found] == [(Rule.HELP_MOVED, "moved")]


def test_chinese_on_an_english_screen_is_named_and_a_name_is_not(stage: Any) -> None:
    from kiosk.audit.words import measure_words

    stage.show(described("Rice of 东北大米 5公斤"))
    data = frozenset({"东北大米 5公斤"})
    seen = replace(read(stage, language="en"), data=data)
    found = {finding.widget: finding.rule for finding in measure_words(seen)}
    assert found["返回"] is Rule.UNTRANSLATED
    assert "Rice of 东北大米 5公斤" not in found


def test_a_task_that_takes_too_many_touches_is_named(stage: Any) -> None:
    from kiosk.audit.reading import Reader
    from kiosk.demo.inspector import Inspector

    reader = Reader(stage.host, stage.hand, faces(), load_texts(), s.Times())
    inspector = Inspector(reader, lambda: 0.0)
    stage.show(spoken(sample_views()["idle"]))
    inspector.look("idle", s.Session())
    inspector.count("card to voucher", 4, 4)
    assert not inspector.findings
    inspector.count("card to voucher", 5, 4)
    assert [finding.rule for finding in inspector.findings] == [Rule.TOUCHES]
