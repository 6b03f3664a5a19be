"""The ESC/POS printer on a serial line: asks before each job, sends it once, and waits for the printer's own word."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path

from devices.drivers.printer.profile import Profile
from devices.drivers.printer.render import FENCE, RESET, render
from devices.drivers.printer.status import Trouble
from devices.drivers.printer.talk import Talk
from devices.drivers.wire import PACE, Wire
from devices.paper import Cut, Pair, Paper, Qr, Rule, Text
from devices.ports import Clock, DeviceState, Health, PrintOutcome, PrintState

logger = logging.getLogger(__name__)

# Rendered once and never sent: one part of every kind that a voucher has.
_FIRST: Paper = (Text("0", scale=2), Rule(), Pair("0", "0"), Qr("0"), Cut())


@dataclass(frozen=True, slots=True)
class Patience:
    """How long the driver waits, in seconds, beyond the time that the bytes themselves need on the line."""

    reply_seconds: float = 0.5
    write_seconds: float = 5.0
    fence_seconds: float = 15.0


class SerialPrinter:
    """A printer at ``path`` (a name under ``/dev/serial/by-id`` stays the same). Implements ``Printer``.

    ``face`` is the OpenType file that draws lines with characters the printer lacks. A paper that cannot be rendered
    is ``FAILED`` with ``printer.unprintable`` before a single byte goes out.
    """

    def __init__(
        self,
        *,
        path: str,
        baud: int,
        profile: Profile,
        clock: Clock,
        face: Path | None,
        patience: Patience | None = None,
    ) -> None:
        self._profile = profile
        self._face = face
        self._baud = baud
        self._patience = patience or Patience()
        self._wire = Wire(role="printer", path=path, baud=baud, flow=profile.flow, clock=clock)
        self._talk = Talk(wire=self._wire, clock=clock, reply_seconds=self._patience.reply_seconds)
        # Nobody knows what an earlier process left in the printer.
        self._settled = False
        self._warm = False

    def status(self) -> DeviceState:
        """Ask the printer how it is. A printer without back channel is ``UNKNOWN``, never ``OK``."""
        self._warm_up()
        if code := self._wire.open():
            return DeviceState(Health.NOT_OK, code)
        if not self._profile.answers:
            return DeviceState(Health.UNKNOWN, Trouble.SILENT)
        state = self._talk.state()
        if state.health is Health.OK:
            self._settle()  # now, while nobody waits for a paper
        return state

    def print(self, paper: Paper) -> PrintOutcome:
        """Print one paper whole. Nothing goes out to a printer that is not well; nothing is ever sent twice."""
        try:
            job = render(paper, self._profile, self._face)
        except (ValueError, OSError) as error:
            logger.error("printer.unprintable: %s", error)  # noqa: TRY400 - the sentence says all
            return PrintOutcome(PrintState.FAILED, Trouble.UNPRINTABLE)
        if code := self._wire.open() or self._unready():
            return PrintOutcome(PrintState.FAILED, code)
        transit_seconds = len(job) * 10 / self._baud * 2 * PACE
        self._settled = False
        sent = self._wire.write(job, self._patience.write_seconds, self._patience.write_seconds + transit_seconds)
        if sent < len(job):
            code = Trouble.SILENT if self._wire.is_open else Trouble.MISSING
            self._wire.drop_output()
            return PrintOutcome(PrintState.UNCERTAIN if sent else PrintState.FAILED, code, sent)
        return (
            self._confirmed(sent, transit_seconds) if self._profile.answers else self._gone_out(sent, transit_seconds)
        )

    def close(self) -> None:
        """Let go of the wire."""
        self._wire.close()

    def _warm_up(self) -> None:
        """Load what rendering needs before anybody waits for a paper: the first time takes a tenth of a second."""
        if not self._warm:
            self._warm = True
            render(_FIRST, self._profile, self._face)

    def _unready(self) -> str:
        """Why nothing should be sent now, or ``""``."""
        if not self._profile.answers:
            return ""
        state = self._talk.state()
        if state.health is not Health.OK:
            return state.code
        return self._settle()

    def _settle(self) -> str:
        """Have the printer finish whatever was sent earlier. Gives ``""``, or the code that says why it did not."""
        if self._settled:
            return ""
        code = self._talk.settled(RESET + FENCE, self._patience.fence_seconds)
        self._settled = not code
        return code

    def _confirmed(self, sent: int, transit_seconds: float) -> PrintOutcome:
        code = self._talk.confirmed(self._patience.fence_seconds + transit_seconds) or self._vouched()
        if code:
            self._wire.drop_output()
            return PrintOutcome(PrintState.UNCERTAIN, code, sent)
        self._settled = True
        return PrintOutcome(PrintState.PRINTED, bytes_sent=sent)

    def _vouched(self) -> str:
        """Whether it was the printer that answered: one byte of noise looks like a fence's answer, and a break is 0x00.

        A second fence must be answered too, by exactly one byte, and the printer must be well afterwards: one that lost
        its power, or still holds the job, answers neither. Gives ``""``, or the code that says what is amiss.
        """
        if code := self._talk.answered_once(FENCE, self._patience.reply_seconds):
            return code
        state = self._talk.state()
        return "" if state.health is Health.OK else state.code

    def _gone_out(self, sent: int, transit_seconds: float) -> PrintOutcome:
        if self._wire.drained(self._patience.write_seconds + transit_seconds):
            return PrintOutcome(PrintState.SENT, bytes_sent=sent)
        code = Trouble.SILENT if self._wire.is_open else Trouble.MISSING
        self._wire.drop_output()
        return PrintOutcome(PrintState.UNCERTAIN, code, sent)
