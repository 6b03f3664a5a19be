from __future__ import annotations

import pytest

from devices.drivers.keyboard.framing import KeyFraming
from devices.drivers.keyboard.layout import ENTER, KEYPAD_ENTER, TAB, character
from devices.simulated.keyboard import keys
from devices.simulated.keyboard.keys import DOWN, LEFT_ALT, LEFT_CONTROL, LEFT_SHIFT, REPEAT, UP, Press, presses, stroke

RIGHT_SHIFT, CAPS_LOCK, NUM_LOCK, F1 = 54, 58, 69, 59
ENTERED = stroke(ENTER)


def typed(*steps: Press | int | bytes) -> bytes:
    """Records of presses 4 ms apart; a bare number is a pause in ms, bytes are taken as they are."""
    data, at_us = b"", 50_000_000
    for step in steps:
        if isinstance(step, int):
            at_us += step * 1000
        elif isinstance(step, bytes):
            data += step
        else:
            at_us += 4000
            data += keys.report(at_us, step)
    return data


def test_the_layout_is_that_of_the_simulation_which_was_written_apart() -> None:
    for sign in map(chr, range(0x20, 0x7F)):
        *first, (code, value) = [press for press in presses(sign) if press[1] == DOWN]
        assert value == DOWN
        assert character(code, shift=bool(first), caps=False) == sign


@pytest.mark.parametrize(
    ("script", "payloads", "rejected"),
    [
        ([*presses("YZ1:a"), *ENTERED], ["YZ1:a"], 0),
        ([*presses("A"), *stroke(KEYPAD_ENTER), *presses("B"), *ENTERED], ["A", "B"], 0),
        ([*ENTERED, *ENTERED], [], 0),
        ([*presses("]Q1A"), *ENTERED], ["A"], 0),
        # a key that is held is one character, and so is an ending that is held
        ([(30, DOWN), *[(30, REPEAT)] * 9, (30, UP), (ENTER, DOWN), (ENTER, REPEAT), (ENTER, UP)], ["a"], 0),
        # both Shifts, one over the other; Shift held over several keys and let go among them
        ([(LEFT_SHIFT, DOWN), (RIGHT_SHIFT, DOWN), (LEFT_SHIFT, UP), *stroke(30), (RIGHT_SHIFT, UP), *ENTERED],
            ["A"], 0),
        ([(LEFT_SHIFT, DOWN), (30, DOWN), (LEFT_SHIFT, UP), (31, DOWN), (30, UP), (31, UP), *ENTERED], ["As"], 0),
        ([(LEFT_SHIFT, DOWN), (LEFT_SHIFT, REPEAT), *stroke(30), (LEFT_SHIFT, UP), *ENTERED], ["A"], 0),
        ([(LEFT_SHIFT, DOWN), *stroke(30), *stroke(ENTER), (LEFT_SHIFT, UP), *presses("b"), *ENTERED], ["A", "b"], 0),
        # firmware that uses Caps Lock, also where it lets go after the ending
        ([*stroke(CAPS_LOCK), *stroke(30), *stroke(2), *stroke(CAPS_LOCK), *ENTERED], ["A1"], 0),
        ([*stroke(CAPS_LOCK), *stroke(30), *ENTERED, *stroke(CAPS_LOCK), 500, *stroke(30), *ENTERED], ["A", "a"], 0),
        ([*stroke(CAPS_LOCK), (LEFT_SHIFT, DOWN), *stroke(30), (LEFT_SHIFT, UP), *ENTERED], ["a"], 0),
        ([*stroke(NUM_LOCK), *stroke(79), *stroke(82), *ENTERED], ["10"], 0),
        # firmware types Chinese as Alt and digits of the keypad, and a group separator as Control and ]
        ([(LEFT_ALT, DOWN), *stroke(79), *stroke(80), (LEFT_ALT, UP), *presses("B"), *ENTERED], [], 1),
        ([*presses("A"), (LEFT_CONTROL, DOWN), *stroke(27), (LEFT_CONTROL, UP), *presses("B"), *ENTERED], [], 1),
        ([*presses("A"), *stroke(F1), *presses("B"), *ENTERED, *presses("C"), *ENTERED], ["C"], 1),
        ([*presses("A"), *stroke(TAB), *ENTERED], [], 1),
        ([*presses("]Q1"), *ENTERED], [], 1),
        # a pause in the middle: neither half is a scan
        ([*presses("YZ1:HA"), 120, *presses("LF"), *ENTERED], ["LF"], 1),
        ([*presses("YZ1:"), 50, *presses("A"), 50, *presses("B"), *ENTERED], ["YZ1:AB"], 0),
        # a release that got lost turns no later code into signs
        ([(LEFT_SHIFT, DOWN), *stroke(30), *ENTERED, 300, *presses("y1"), *ENTERED], ["A", "y1"], 0),
    ],
)  # fmt: skip
def test_presses(script: list[Press | int], payloads: list[str], rejected: int) -> None:
    data = typed(*script)
    whole, single = KeyFraming(), KeyFraming()
    assert whole.feed(data, 0.0) == payloads
    assert [payload for byte in data for payload in single.feed(bytes((byte,)), 0.0)] == payloads
    assert whole.rejected == single.rejected == rejected


def test_endings_are_chosen() -> None:
    framing = KeyFraming([TAB])
    assert framing.feed(typed(*presses("A"), *stroke(TAB), *presses("B"), *ENTERED, *stroke(TAB)), 0.0) == ["A"]
    assert framing.rejected == 1


def test_events_that_the_kernel_threw_away_spoil_what_lies_around_them() -> None:
    """Also the Shift that was held: its release may be among them."""
    framing = KeyFraming()
    lost = keys.overrun(50_100_000)
    script: tuple[Press | bytes, ...] = (
        *presses("YZ1:A"),
        (LEFT_SHIFT, DOWN),
        lost,
        *presses("yz"),
        *ENTERED,
        *presses("y1"),
        *ENTERED,
    )
    assert framing.feed(typed(*script), 0.0) == ["y1"]
    assert framing.rejected == 1


def test_after_an_overrun_a_pause_ends_the_rubbish_too() -> None:
    framing = KeyFraming()
    assert framing.feed(
        typed(*presses("A"), keys.overrun(50_010_000), *presses("BC"), 500, *presses("D"), *ENTERED), 0.0
    )
    assert framing.rejected == 1


def test_a_reader_that_comes_late_loses_nothing() -> None:
    """The events say themselves when they were: what was read seconds apart may be one code."""
    data, framing = typed(*presses("YZ1:ABC"), *ENTERED), KeyFraming()
    assert framing.feed(data[:240], 10.0) + framing.feed(data[240:], 15.0) == ["YZ1:ABC"]


def test_what_is_held_when_the_node_goes_away_is_held_no_more() -> None:
    framing = KeyFraming()
    framing.feed(typed((LEFT_SHIFT, DOWN), *stroke(30))[:-5], 0.0)
    framing.lost()
    assert framing.rejected == 1
    assert framing.feed(typed(*presses("y1"), *ENTERED), 0.1) == ["y1"]
