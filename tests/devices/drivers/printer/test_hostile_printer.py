"""A printer, or whatever hangs on the line, that answers anything, takes some bytes or breaks at any call.

Time is invented here, so that a driver that would wait for ever is caught and one that waits long is not slow.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.drivers.printer.job import FENCE, reset_of
from devices.drivers.printer.printer import EscPosPrinter
from devices.drivers.printer.profile import PROFILES, Profile, StatusMethod
from devices.drivers.printer.render import render
from devices.drivers.transport import ClosedByPeerError
from devices.ports import DeviceState, Health, PrintState
from tests.devices.helpers import FACE, SHORT
from tests.devices.soaking import soak

SECONDS_MAX = 300.0
CALLS_MAX = 200_000
HONEST = {b"\x10\x04" + bytes((number,)): b"\x12" for number in (1, 2, 3, 4)}
HONEST |= {b"\x1dr\x01": b"\x00", b"\x1da\x0e": b"\x10\x00\x00\x0f"}
BYTE_SECONDS = 0.001  # 9600 baud


@dataclass
class Clock:
    """Passes by waiting alone, and a little with every look at it."""

    now: float = 0.0
    calls: int = 0

    def monotonic(self) -> float:
        self.calls += 1
        assert self.calls < CALLS_MAX
        self.now += 0.0002
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


@dataclass
class Hostile:
    """A transport and its connection in one: a printer that is well, but for what ``script`` does to each call."""

    clock: Clock
    script: Iterator[tuple[str, bytes]]
    name: str = "hostile"
    transit_seconds_per_byte: float = 0.001
    piece_bytes: int = 16
    exact: bool = True
    pace_seconds: float = 0.0
    got: bytearray = field(default_factory=bytearray)
    answers: bytearray = field(default_factory=bytearray)

    def connect(self) -> Hostile:
        self._next()
        return self

    def send(self, data: bytes, timeout_seconds: float) -> int:
        what, noise = self._next()
        if what == "late":
            self.clock.now += timeout_seconds
            return 0
        went = len(data) if what != "part" else max(1, len(data) * len(noise) // 9)
        for byte in data[:went]:
            self.got.append(byte)
            for question, answer in HONEST.items():
                if self.got.endswith(question):
                    self.answers += answer
        self.clock.now += went * BYTE_SECONDS
        return went

    def receive(self, size: int, timeout_seconds: float) -> bytes:
        what, noise = self._next()
        came = (noise + self.answers)[:size]
        self.answers.clear()
        if what == "late" or not came:
            self.clock.now += timeout_seconds
            return b""
        self.clock.now += len(came) * BYTE_SECONDS
        return came

    def waiting(self) -> int:
        return int(self._next()[0] == "late")

    def drop(self) -> bool:
        return len(self.got) % 2 == 0

    def port_status(self) -> int | None:
        what, noise = self._next()
        return None if what == "late" else next(iter(noise), 0x18)

    def close(self) -> None:
        pass

    def holder(self) -> str:
        return "held by nobody"

    def _next(self) -> tuple[str, bytes]:
        what, noise = next(self.script)
        if what == "broken":
            raise OSError(noise[0] if noise else 5, "broken")
        if what == "hung up":
            raise ClosedByPeerError(104, "hung up")
        return what, noise


def around(script: list[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    while True:
        yield from script


WHAT = st.sampled_from(("part", "late", "broken", "hung up", "all"))
ANSWERS = st.one_of(
    st.just(b""),
    st.sampled_from(
        (b"\x12", b"\x12\x12\x12\x12", b"\x00", b"\x10\x00\x00\x0f", b"\x13", b"\x18\x00\x0c\x0f", b"\x11")
    ),
    st.binary(max_size=8),
)
CALLS = st.one_of(st.just(("all", b"")), st.just(("all", b"")), st.just(("all", b"")), st.tuples(WHAT, ANSWERS))
SCRIPTS = st.lists(CALLS, min_size=1, max_size=60)
PROFILE = {status: Profile("any", 576, status=status) for status in StatusMethod}


def check(script: list[tuple[str, bytes]], status: StatusMethod, exact: bool) -> None:
    clock, profile = Clock(), PROFILE[status]
    line = Hostile(clock, around(script), exact=exact)
    driver = EscPosPrinter(transport=line, profile=profile, clock=clock, face=FACE)
    job = render(SHORT, profile, FACE)
    for _ in range(2):
        state = driver.status()
        assert isinstance(state, DeviceState)
        assert (state.code == "") is (state.health is Health.OK)
        before = len(line.got)
        outcome = driver.print(SHORT)
        sent = bytes(line.got[before:])
        assert outcome.state in (PrintState.PRINTED, PrintState.SENT, PrintState.UNCERTAIN, PrintState.FAILED)
        if outcome.state is PrintState.FAILED:
            assert job.removeprefix(reset_of(profile))[:4] not in sent
            assert not outcome.bytes_sent
            assert outcome.code
        if outcome.state in (PrintState.PRINTED, PrintState.SENT):
            assert job in sent
            assert sent.count(FENCE) >= (2 if profile.answers else 1)
            assert outcome.bytes_sent == len(job)
            assert (outcome.state is PrintState.PRINTED) is profile.answers
        assert sent.count(job[len(reset_of(profile)) :]) <= 1
        driver.close()
        clock.now += 11
    assert clock.now < SECONDS_MAX


STATUS = st.sampled_from(list(StatusMethod))


@settings(max_examples=300)
@given(SCRIPTS, STATUS, st.booleans())
def test_whatever_answers_is_survived(script: list[tuple[str, bytes]], status: StatusMethod, exact: bool) -> None:
    check(script, status, exact)


@pytest.mark.soak
@pytest.mark.parametrize("number", range(2))
def test_very_much_is_survived(number: int, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("CRITICAL")  # each broken line is logged, and kept
    soak(check, number, SCRIPTS, STATUS, st.booleans())


def test_the_profiles_are_those_of_the_product() -> None:
    assert {profile.status for profile in PROFILES.values()} <= set(PROFILE)
