"""Half a million inputs for the parsers of the card reader: ``make soak``."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from devices.simulated.idcard.card import SimulatedCard
from devices.simulated.idcard.people import PEOPLE
from tests.devices.drivers.idcard import test_document, test_framing

pytestmark = pytest.mark.soak
LONG = settings(max_examples=125_000, suppress_health_check=list(HealthCheck))


@LONG
@given(test_framing.lines)
def test_frames(pieces: list[bytes]) -> None:
    test_framing.survives(pieces)


@LONG
@given(st.binary(max_size=5000))
def test_rubbish(came: bytes) -> None:
    test_framing.survives([came])


@LONG
@given(st.sampled_from(PEOPLE), st.lists(test_document.spots, max_size=4))
def test_spoilt_cards(card: SimulatedCard, changes: list[tuple[int, bytes]]) -> None:
    test_document.survives(test_document.spoilt(card, changes))


@LONG
@given(st.binary(min_size=256, max_size=256))
def test_texts(text: bytes) -> None:
    test_document.survives(text)
