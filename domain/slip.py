"""The code of a temporary slip 临时凭条: a random number, known where somebody asked to join, later one of their cards.

``YZR1:`` + base36 of 19 bytes: the county (3 bytes big-endian) and 16 random bytes. 35 characters. Nobody signed it:
who holds a number of 2^128 was given it, and before the office has accepted the request it opens nothing. Stations and
office keep its keyed digest alone, as of any card (docs/decisions/0032).
"""

from __future__ import annotations

from domain import base36

PREFIX = "YZR1:"
SOURCE = "slip"
NUMBER_SIZE = 16
_COUNTY_SIZE = 3
_SIZE = _COUNTY_SIZE + NUMBER_SIZE
CODE_LENGTH = len(PREFIX) + base36.encoded_length(_SIZE)


def code_of(county: str, number: bytes) -> str:
    """Return the code that is printed. Raises ``ValueError`` for a county or number that cannot be."""
    if len(county) != 6 or not (county.isascii() and county.isdigit()) or len(number) != NUMBER_SIZE:
        raise ValueError(f"a slip has a county of 6 digits and a number of {NUMBER_SIZE} bytes")
    return PREFIX + base36.encode(int(county).to_bytes(_COUNTY_SIZE, "big") + number)


def parse_code(code: str) -> tuple[str, bytes]:
    """Return county and number of a code. Raises ``ValueError``."""
    if not code.startswith(PREFIX):
        raise ValueError(f"expected a code that begins with {PREFIX}")
    data = base36.decode(code.removeprefix(PREFIX), _SIZE)
    area = int.from_bytes(data[:_COUNTY_SIZE], "big")
    if area >= 10**6:
        raise ValueError("the county of a slip has six digits")
    return f"{area:06d}", data[_COUNTY_SIZE:]
