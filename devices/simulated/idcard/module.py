"""The SAM_V module inside the simulated reader: commands in, frames out. Pure; written apart from the driver."""

from __future__ import annotations

from collections import defaultdict, deque

from devices.simulated.idcard.card import PHOTO_BYTES, SimulatedCard

HEAD = bytes.fromhex("AAAAAA9669")
NAMES = {
    bytes.fromhex("10FF"): "reset",
    bytes.fromhex("11FF"): "status",
    bytes.fromhex("12FF"): "sam id",
    bytes.fromhex("2001"): "find",
    bytes.fromhex("2002"): "select",
    bytes.fromhex("3001"): "read",
}
SAM_ID = bytes.fromhex("0500 0300 C1143401 01000000 D2029649")  # 05.03-20190401-0000000001-1234567890
_CODES_OF_THE_CARD = bytes.fromhex("6A88")  # what SW1 SW2 may be when a card answered


class Module:
    """``finds_again``: whether "find" goes on finding a card that was read and lies there still."""

    def __init__(self, *, finds_again: bool) -> None:
        self.asked: list[str] = []
        self.lift_after_select = False
        self._finds_again = finds_again
        self._card: SimulatedCard | None = None
        self._found = self._selected = self._read = self._gap = False
        self._failures: defaultdict[str, deque[int]] = defaultdict(deque)
        self._waiting = bytearray()

    def lay(self, card: SimulatedCard | None) -> None:
        """Another card, or none, is in the field. Hands that swap two leave it empty for one "find" at least."""
        self._gap = self._card is not None and card is not None
        self._card = card
        self._found = self._selected = self._read = False

    def fail(self, name: str, sw3: int, times: int) -> None:
        """Answer the next ``times`` commands of this name with ``sw3``."""
        self._failures[name].extend([sw3] * times)

    def take(self, data: bytes) -> list[tuple[str, bytes]]:
        """Bytes from the line → (name of the command, frame that answers it)."""
        self._waiting += data
        answers = []
        while (start := self._waiting.find(HEAD)) >= 0 and len(self._waiting) >= start + 7:
            size = int.from_bytes(self._waiting[start + 5 : start + 7], "big")
            end = start + 7 + size
            if len(self._waiting) < end:
                break
            counted = bytes(self._waiting[start + 5 : end])
            del self._waiting[:end]
            answers.append(self._answer(counted))
        return answers

    def _answer(self, counted: bytes) -> tuple[str, bytes]:
        check = 0
        for byte in counted:
            check ^= byte
        if check:  # the right check makes the whole zero
            return "", answer_frame(0x10)
        name = NAMES.get(counted[2:-1], "")
        self.asked.append(name or counted[2:-1].hex())
        if self._failures[name]:
            sw3 = self._failures[name].popleft()
            return name, answer_frame(sw3, status=_CODES_OF_THE_CARD if sw3 in (0x31, 0x41, 0x47, 0x81) else bytes(2))
        match name:
            case "find":
                return name, self._find()
            case "select":
                return name, self._select()
            case "read":
                return name, self._base()
            case "sam id":
                return name, answer_frame(0x90, SAM_ID)
            case "reset" | "status":
                return name, answer_frame(0x90)
        return name, answer_frame(0x21)

    def _find(self) -> bytes:
        present = self._card is not None and not self._gap
        self._found = present and (self._finds_again or not self._read)
        self._selected = self._gap = False
        return answer_frame(0x9F, bytes(4)) if self._found else answer_frame(0x80)

    def _select(self) -> bytes:
        self._selected, self._found = self._found and self._card is not None, False
        frame = answer_frame(0x90, bytes(8)) if self._selected else answer_frame(0x81, status=_CODES_OF_THE_CARD)
        if self.lift_after_select and self._selected:
            self.lift_after_select = False
            self.lay(None)
        return frame

    def _base(self) -> bytes:
        if not self._selected or self._card is None:
            return answer_frame(0x41, status=_CODES_OF_THE_CARD)
        self._selected, self._read = False, True
        text = self._card.text
        return answer_frame(
            0x90, len(text).to_bytes(2, "big") + PHOTO_BYTES.to_bytes(2, "big") + text + self._card.photo
        )


def answer_frame(sw3: int, data: bytes = b"", status: bytes = b"\x00\x00") -> bytes:
    """One answer on the wire."""
    body = status + bytes((sw3,)) + data
    counted = (len(body) + 1).to_bytes(2, "big") + body
    check = 0
    for byte in counted:
        check ^= byte
    return HEAD + counted + bytes((check,))
