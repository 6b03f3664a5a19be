"""Nothing of a card gets out: a process that runs the driver over all cards and faults is read to the last byte.

The simulated reader is in this process, so whatever the other one knows of a card came over the wire.
"""

from __future__ import annotations

import base64
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from devices.simulated.idcard.card import SimulatedCard
from devices.simulated.idcard.people import PEOPLE
from devices.simulated.idcard.reader import SimulatedCardReader
from tests.devices.drivers.idcard.helpers import digest

ROOT = Path(__file__).parents[4]
MODULE = "tests.devices.drivers.idcard.witness"


def failing(sw3: int) -> Callable[[SimulatedCardReader], None]:
    return lambda device: device.fail_with(sw3, times=2)


FAULTS: tuple[Callable[[SimulatedCardReader], None], ...] = (
    lambda _: None,
    lambda device: device.corrupt_checksum(),
    lambda device: device.make_noise(b"\xaa\xaa\xaa\x96\x69\xff\xff"),
    lambda device: device.lift_after_select(),
    *map(failing, (0x31, 0x33, 0x41, 0x66, 0x80)),
)
ORDERS = ("digest", "wire 1", "wire 2", "wire 3", "wire 4")


class Witness:
    """The other process, and everything that it ever wrote."""

    def __init__(self, path: str, folder: Path) -> None:
        self.log = folder / "witness.log"
        command = [sys.executable, "-X", "dev", "-m", MODULE, path, str(self.log)]
        self.errors = (folder / "errors").open("wb+")
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.errors, cwd=ROOT, text=True
        )
        self.said: list[str] = []
        self.memory = Path(f"/proc/{self._process.pid}")

    def order(self, words: str) -> list[str]:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(words + "\n")
        self._process.stdin.flush()
        answer: list[str] = []
        for line in self._process.stdout:
            if line == "done\n":
                break
            answer.append(line)
        self.said += answer
        return answer

    def everything(self) -> bytes:
        """Whatever it wrote, once it has ended."""
        rest, _ = self._process.communicate()
        assert self._process.returncode == 0
        self.errors.seek(0)
        return "".join([*self.said, rest]).encode() + self.errors.read() + self.log.read_bytes()

    def remembers(self, needles: list[bytes]) -> list[bytes]:
        """Which of these are anywhere in the memory that it can write to."""
        found: set[bytes] = set()
        with (self.memory / "mem").open("rb", buffering=0) as memory:
            for line in (self.memory / "maps").read_text().splitlines():
                span = re.match(r"([0-9a-f]+)-([0-9a-f]+) rw", line)
                if span and "[v" not in line:
                    start, end = (int(edge, 16) for edge in span.groups())
                    memory.seek(start)
                    block = memory.read(end - start)
                    found |= {needle for needle in needles if needle in block}
        return sorted(found)

    def close(self) -> None:
        self._process.kill()
        self._process.wait()
        self.errors.close()


@pytest.fixture
def device() -> Iterator[SimulatedCardReader]:
    simulated = SimulatedCardReader()
    yield simulated
    simulated.close()


@pytest.fixture
def witness(device: SimulatedCardReader, tmp_path: Path) -> Iterator[Witness]:
    process = Witness(device.path, tmp_path)
    yield process
    process.close()


def pieces(card: SimulatedCard) -> list[str]:
    """Every text of a card that is long enough to be found by its own weight."""
    fields = (card.name, card.english_name, card.number, card.born, card.address, card.issuer, card.travel_number)
    return [field for field in fields if field]


def spellings(piece: str) -> Iterator[bytes]:
    """How a text may look in what a programme writes."""
    for encoded in (piece.encode(), piece.encode("utf-16-le"), piece.encode("utf-16-be"), piece.encode("gb18030")):
        yield encoded
        yield encoded.hex().encode()
        yield encoded.hex(" ").encode()
        yield encoded.hex().upper().encode()
        yield repr(encoded)[2:-1].encode()
        yield base64.b64encode(encoded)[:-4]
    yield ascii(piece)[1:-1].encode()


def lay_and_read(witness: Witness, device: SimulatedCardReader, card: SimulatedCard) -> str:
    device.lay(card)
    (event, *_) = witness.order("read")
    device.lift()
    witness.order("look")
    return event


def test_nothing_of_a_card_is_ever_written(device: SimulatedCardReader, witness: Witness) -> None:
    events = []
    for fault in FAULTS:
        for card in PEOPLE:
            fault(device)
            events.append(lay_and_read(witness, device, card))
    for order in ORDERS:
        for card in PEOPLE:
            witness.order(order)
            events.append(lay_and_read(witness, device, card))
        witness.order("tell")
    written = witness.everything()
    kinds = {event.split("(")[0].split(" raised")[0] for event in events}
    assert kinds == {"event: IdCardRead", "event: IdCardProblem", "event:"}, "all of it happened"
    assert b"the driver let this through" in written
    assert b"Current thread" in written, "faulthandler spoke"
    assert b"Sealed()" in written, "the buffer was printed"
    for card in PEOPLE:
        for piece in pieces(card):
            for spelling in spellings(piece):
                assert spelling not in written, f"{piece}: {spelling!r}"
        assert digest(card.number).encode() not in written


def test_the_text_and_the_photo_do_not_stay_in_memory(device: SimulatedCardReader, witness: Witness) -> None:
    for card in PEOPLE:
        device.corrupt_checksum()
        assert lay_and_read(witness, device, card) == "event: IdCardRead()\n"
    needles = [piece.encode("utf-16-le") for card in PEOPLE for piece in pieces(card)]
    needles += [card.photo[at : at + 16] for card in PEOPLE for at in range(0, 1024, 64)]
    try:
        assert witness.remembers([MODULE.encode()]) == [MODULE.encode()], "its memory can be read"
    except PermissionError:
        pytest.skip("this machine does not let a process read its child's memory")
    assert witness.remembers(needles) == []
