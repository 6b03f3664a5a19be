"""When ``kiosk sync`` says what visits wish for: eight every three seconds, with a line, in a life that lasts."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from config.link import Broker, Enrolment, LinkSettings, text_of
from domain.facts import WishAnswered
from domain.ids import ResidentId, VisitId
from domain.rights import points_of
from kiosk import agent as agent_module
from kiosk.agent import WISH_SECONDS, Agent
from kiosk.desk.elsewhere import elsewhere
from kiosk.desk.wish import unwish, wish
from kiosk.durable import write_durably
from kiosk.journal.journal import Journal
from kiosk.station import Folder
from sync.address import Counts
from sync.chain import Direction
from sync.frame import WANTS_MAX, Want, decode_frame
from sync.identity import SigningKey, signed_by
from sync.store import AlarmCode
from sync.topics import UP, topic
from tests.support.desk import LI, OFFICE, STATION, TestDesk

FRAME = SigningKey(1, b"f" * 32)
TURN_SECONDS = 1.0


class Line:
    """Takes what is published; ``up`` is said by the test."""

    def __init__(self, *, came: Callable[[], None], went: Callable[[str], None], **_how: Any) -> None:
        self._came, self._went = came, went
        self.up = False
        self.counts = Counts()
        self.published: list[tuple[str, bytes]] = []

    def run(self, _timeout: float, _watch: object = ()) -> None: ...

    def become(self, *, up: bool) -> None:
        self.up = up
        if up:
            self._came()
        else:
            self._went("pulled")

    def publish(self, name: str, payload: bytes, *, retain: bool = False) -> bool:
        self.published.append((name, payload))
        return self.up

    def subscribe(self, _topic: str) -> None: ...
    def unsubscribe(self, _topic: str) -> None: ...
    def close(self) -> None: ...


class Wishing:
    """A desk, and the network process beside it on the same journal."""

    def __init__(self, root: Path) -> None:
        self.desk = TestDesk(root)
        folder = Folder(root)
        (root / "secrets").mkdir()
        write_durably(folder.frame_key, b"f" * 32, 0o600)
        folder.office_keys.write_text(json.dumps({"1": OFFICE.public.hex()}))
        settings = LinkSettings(
            enrolment=Enrolment(station=STATION, epoch=1, down_epoch=1),
            broker=Broker(host="127.0.0.1", port=1, mqtt="5"),
        )
        folder.link.write_text(text_of(settings))
        self._journal = Journal(folder.journal)
        self._agent = Agent(self._journal, folder, settings, self.desk.system)
        line: Any = self._agent._link
        self.line: Line = line
        self.line.become(up=True)
        self.turn()

    def turn(self, seconds: float = TURN_SECONDS) -> list[tuple[Want, ...]]:
        """Let time pass; return the wishes of each frame that was sent now."""
        self.line.published.clear()
        self.desk.system.advance(seconds)
        self._agent.turn(0.0)
        verify = partial(signed_by, FRAME.public)
        up = [data for name, data in self.line.published if name == topic(STATION, UP)]
        return [want for data in up if (want := decode_frame(data, Direction.UP, STATION, verify).want)]

    def wish(self, *visits: str) -> None:
        for visit in visits:
            self.desk.system.advance(0.001)  # the oldest first
            wish(self.desk.parts, VisitId(visit), {points_of(LI): 20})

    def ask(self, visit: str) -> None:
        elsewhere(self.desk.parts, VisitId(visit), LI, ask=True)

    def close(self) -> None:
        self._agent.close()
        self._journal.close()
        self.desk.journal.close()


def visits(frames: list[tuple[Want, ...]]) -> list[list[str]]:
    return [[want.visit for want in wants] for wants in frames]


@pytest.fixture
def wishing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Wishing]:
    monkeypatch.setattr(agent_module, "Link", Line)
    made = Wishing(tmp_path)
    yield made
    made.close()


def test_a_wish_goes_out_at_once_and_again_every_three_seconds_while_it_stands(wishing: Wishing) -> None:
    wishing.wish("v1")
    assert wishing.turn() == [(Want("v1", points_of(ResidentId(LI)), 20),)]
    again = [seconds for seconds in range(1, 13) if wishing.turn()]
    assert again == [WISH_SECONDS * times for times in range(1, 5)]
    unwish(wishing.desk.parts, VisitId("v1"))
    assert [wishing.turn() for _ in range(12)] == [[]] * 12


def test_a_new_wish_waits_for_nobody_elses_turn(wishing: Wishing) -> None:
    wishing.wish("v1")
    assert visits(wishing.turn()) == [["v1"]]
    wishing.wish("v2")
    assert visits(wishing.turn()) == [["v1", "v2"]]
    assert wishing.turn() == []


def test_a_frame_carries_the_eight_oldest_wishes(wishing: Wishing) -> None:
    names = [f"v{number}" for number in range(WANTS_MAX + 2)]
    wishing.wish(*names)
    assert visits(wishing.turn()) == [names[:WANTS_MAX]]
    unwish(wishing.desk.parts, VisitId(names[0]))
    assert visits(wishing.turn()) == [names[1 : WANTS_MAX + 1]]


def test_nothing_is_wished_for_without_a_line_and_all_that_stands_at_once_with_the_next(wishing: Wishing) -> None:
    wishing.line.become(up=False)
    wishing.wish("v1")
    assert [wishing.turn() for _ in range(6)] == [[]] * 6
    wishing.line.become(up=True)
    assert visits(wishing.turn()) == [["v1"]]


@pytest.mark.parametrize("alarm", [AlarmCode.WENT_BACK.value, "stick.ahead"])
def test_a_life_that_is_to_end_asks_for_its_lost_entries_and_no_visits_wish(wishing: Wishing, alarm: str) -> None:
    with wishing.desk.journal.transaction("test"):
        wishing.desk.journal.office.raise_alarm(alarm, "")
    wishing.wish("v1")
    asked = [want for _ in range(12) for wants in wishing.turn() for want in wants]
    assert [want for want in asked if want.visit == "v1"] == []
    assert bool(asked) == (alarm == AlarmCode.WENT_BACK)


def test_a_wish_that_was_withdrawn_while_there_was_no_line_is_never_said(wishing: Wishing) -> None:
    wishing.line.become(up=False)
    wishing.wish("v1")
    wishing.turn()
    unwish(wishing.desk.parts, VisitId("v1"))
    wishing.line.become(up=True)
    assert [wishing.turn() for _ in range(6)] == [[]] * 6


def test_a_question_is_sent_beside_the_wishes_until_it_is_answered_or_too_old(wishing: Wishing) -> None:
    with wishing.desk.journal.transaction("heard"):
        wishing.desk.journal.office.set_connected(1, wishing.desk.system.now_ms())
    wishing.wish("v1")
    wishing.ask("v2")
    assert [(want.visit, want.amount) for want in wishing.turn()[0]] == [("v1", 20), ("v2", 0)]
    assert visits(wishing.turn(WISH_SECONDS)) == [["v1", "v2"]]
    wishing.desk.receive([WishAnswered(VisitId("v2"), points_of(LI), "told", elsewhere=5)])
    assert visits(wishing.turn(WISH_SECONDS)) == [["v1"]]
    unwish(wishing.desk.parts, VisitId("v1"))
    wishing.desk.system.advance(86_400)
    wishing.ask("v3")
    assert visits(wishing.turn()) == [["v3"]]
    assert [frames for _ in range(9) for frames in visits(wishing.turn(WISH_SECONDS))] == [["v3"]] * 6
