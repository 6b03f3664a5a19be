"""The number that people read, say and type: ``A-000042-7``.

Epoch letters, a running number within the epoch, and one check digit (ISO 7064 MOD 11,10, in China GB/T 17710) over
station, epoch and number: a mistyped digit, or the number of another station, does not pass.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from domain.ids import Epoch, StationId

NUMBER_MAX = 2**24 - 1
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"  # without I and O, which read as digits
_SHAPE = re.compile(r"([A-HJ-NP-Z]{1,4})-?([0-9]{6,8})-?([0-9])")


@dataclass(frozen=True, slots=True, order=True)
class VoucherNumber:
    """One voucher of one station: unique for ever by (epoch, number)."""

    epoch: Epoch
    number: int

    def text(self, station: StationId) -> str:
        """Return the printed form, with its check digit."""
        return f"{epoch_letters(self.epoch)}-{self.number:06d}-{_check_digit(station, self.epoch, self.number)}"


def parse_voucher_number(text: str, station: StationId) -> VoucherNumber | None:
    """Return the number that ``text`` states for ``station``; ``None`` if it is not one or its check digit is wrong."""
    match = _SHAPE.fullmatch(text.strip().upper().replace(" ", ""))
    if match is None:
        return None
    epoch, number = _epoch_of(match[1]), int(match[2])
    if not (0 < epoch < 2**16 and 0 < number <= NUMBER_MAX):
        return None
    if _check_digit(station, Epoch(epoch), number) != match[3]:
        return None
    return VoucherNumber(Epoch(epoch), number)


def epoch_letters(epoch: Epoch) -> str:
    """Return the letters of an epoch: 1 → A, 24 → Z, 25 → AA."""
    letters, rest = "", int(epoch)
    while rest > 0:
        rest, index = divmod(rest - 1, len(_LETTERS))
        letters = _LETTERS[index] + letters
    return letters


def _epoch_of(letters: str) -> int:
    value = 0
    for letter in letters:
        value = value * len(_LETTERS) + _LETTERS.index(letter) + 1
    return value


def _check_digit(station: StationId, epoch: Epoch, number: int) -> str:
    return mod_11_10(f"{station}{epoch:05d}{number:08d}")


def mod_11_10(digits: str) -> str:
    """Return the check digit of ISO 7064 MOD 11,10 (hybrid system; vector: 0794 → 5)."""
    product = 10
    for digit in digits:
        total = (int(digit) + product) % 10 or 10
        product = (2 * total) % 11
    return str((11 - product) % 10)
