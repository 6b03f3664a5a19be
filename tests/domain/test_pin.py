"""Six digits, and what is kept of them."""

from __future__ import annotations

import pytest

from domain.identity_digest import Pepper
from domain.ids import ResidentId
from domain.pin import COST, SALT_SIZE, is_pin, is_right, is_trivial, is_verifier, make_verifier, pepper_for

PEPPER, NEXT = Pepper(1, b"p" * 32), Pepper(2, b"q" * 32)
CHEN, LI = ResidentId("chen"), ResidentId("li")
SALT = b"s" * SALT_SIZE
KEPT = make_verifier(PEPPER, CHEN, "482913", SALT)


@pytest.mark.parametrize(
    "pin",
    ["000000", "999999", "123456", "987654", "890123", "210987", "121212", "123123", "520520", "112233", "998877"],
)
def test_what_a_neighbour_tries_first_is_trivial(pin: str) -> None:
    assert is_trivial(pin)


@pytest.mark.parametrize("pin", ["482913", "135790", "112244", "194803", "111112"])
def test_others_are_not(pin: str) -> None:
    assert not is_trivial(pin)


def test_a_pin_has_six_digits() -> None:
    assert is_pin("482913")
    assert not any(is_pin(wrong) for wrong in ("", "48291", "4829133", "48291a", "４８２９１３", "482913\n"))


def test_a_verifier_knows_its_pin_and_no_other() -> None:
    assert is_right(KEPT, PEPPER, CHEN, "482913")
    assert not any(is_right(KEPT, PEPPER, CHEN, wrong) for wrong in ("482914", "", "nonsense"))


def test_it_is_good_for_nobody_else_and_under_no_other_pepper() -> None:
    assert not is_right(KEPT, PEPPER, LI, "482913")
    assert not is_right(KEPT, NEXT, CHEN, "482913")


def test_it_holds_neither_pin_nor_secret_and_says_how_it_was_made() -> None:
    assert KEPT.startswith(f"p1:1:{COST:02d}:{SALT.hex()}:")
    assert "482913" not in KEPT
    assert PEPPER.secret.hex() not in KEPT
    assert make_verifier(PEPPER, CHEN, "482913", b"t" * SALT_SIZE) != KEPT


def test_a_cheaper_one_of_another_time_is_checked_as_it_was_made() -> None:
    old = make_verifier(PEPPER, CHEN, "482913", SALT, cost=10)
    assert is_right(old, PEPPER, CHEN, "482913")


@pytest.mark.parametrize(
    "text", ["", "p1:1:14:aa:bb", KEPT + "0", KEPT.replace("p1", "p2"), KEPT.replace(":14:", ":31:")]
)
def test_what_is_no_verifier_is_never_right(text: str) -> None:
    assert not is_verifier(text)
    assert pepper_for(text, (PEPPER,)) is None


def test_the_pepper_is_found_by_its_version() -> None:
    assert pepper_for(KEPT, (NEXT, PEPPER)) is PEPPER
    assert pepper_for(KEPT, (NEXT,)) is None
