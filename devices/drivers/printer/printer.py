"""The ESC/POS printer on any line: asked before each job, which is sent once, and believed only on its own word."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from devices.drivers.line import Line
from devices.drivers.printer.asking import asking_for
from devices.drivers.printer.fence import Fence
from devices.drivers.printer.job import (
    PADDING_UNKNOWN_BYTES,
    PUSH_OFF,
    PUSH_ON,
    padding_for,
    parting,
    reset_of,
    seal_for,
)
from devices.drivers.printer.profile import Profile, StatusMethod
from devices.drivers.printer.render import render
from devices.drivers.printer.replies import Kind
from devices.drivers.printer.status import Trouble
from devices.drivers.printer.talk import Talk
from devices.drivers.transport import Transport
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
    quiet_seconds: float = 0.1


class EscPosPrinter:
    """A printer behind ``transport``: serial, the kernel's node, libusb or TCP. Implements ``Printer``.

    ``face`` is the OpenType file that draws lines with characters the printer lacks. A paper that cannot be rendered
    is ``FAILED`` with ``printer.unprintable`` before a single byte goes out.
    """

    def __init__(
        self,
        *,
        transport: Transport,
        profile: Profile,
        clock: Clock,
        face: Path | None,
        patience: Patience | None = None,
    ) -> None:
        self._profile = profile
        self._face = face
        self._patience = patience or Patience()
        self._line = Line(role="printer", transport=transport, clock=clock)
        self._talk = Talk(line=self._line, clock=clock, reply_seconds=self._patience.reply_seconds)
        self._asking = asking_for(profile.status, self._talk, self._line)
        self._fence = Fence(self._talk, self._asking)
        # Nobody knows what an earlier process left in the printer.
        self._settled = False
        self._rest, self._sent_on = 0, 0
        self._torn = False  # whether the last job was cut off: what came out of it still hangs in the printer
        self._warm = False

    def status(self) -> DeviceState:
        """Ask the printer how it is. A printer that cannot say is ``UNKNOWN``, never ``OK``."""
        self._warm_up()
        if code := self._opened():
            return DeviceState(Health.NOT_OK, code)
        state = self._asking.state()
        if state.health is Health.OK and self._profile.answers:
            self._settle()  # now, while nobody waits for a paper
        return state

    def print(self, paper: Paper) -> PrintOutcome:
        """Print one paper whole. Nothing goes out to a printer that is not well; nothing is ever sent twice."""
        try:
            job = render(paper, self._profile, self._face)
        except (ValueError, OSError) as error:
            logger.error("printer.unprintable: %s", error)  # noqa: TRY400 - the sentence says all
            return PrintOutcome(PrintState.FAILED, Trouble.UNPRINTABLE)
        if code := self._opened() or self._unready() or self._freed():
            return PrintOutcome(PrintState.FAILED, code)
        seal, replies = seal_for(self._profile, pushes=self._fence.pushes) if self._profile.answers else (b"", ())
        whole = job + seal
        transit_seconds = self._line.transit_seconds(len(whole))
        went = self._line.write(whole, self._patience.write_seconds, self._patience.write_seconds + transit_seconds)
        sent = min(went, len(job))
        if sent:
            self._settled, self._rest, self._sent_on = False, padding_for(job), self._line.opened
        if went < len(whole):
            return self._broken_off(sent)
        return self._confirmed(sent, replies, transit_seconds) if replies else self._gone_out(sent, transit_seconds)

    def nudge(self) -> None:
        """Something was plugged in: look for the printer at once."""
        self._line.nudge()

    def close(self) -> None:
        """Let go of the wire."""
        self._line.close()

    def _warm_up(self) -> None:
        """Load what rendering needs before anybody waits for a paper: the first time takes a tenth of a second."""
        if not self._warm:
            self._warm = True
            try:
                render(_FIRST, self._profile, self._face)
            except (ValueError, OSError) as error:
                logger.warning("printer.unprintable: %s", error)

    def _opened(self) -> str:
        """Open the line, again at once if the printer hung up meanwhile. Gives ``""``, or the code of why not."""
        if not (code := self._line.open()):
            self._talk.forget(0.0)
            code = self._line.open()
        return code

    def _unready(self) -> str:
        """Why nothing should be sent now, or ``""``. What cannot be known stops only a printer that should answer."""
        state = self._asking.state()
        if state.health is Health.NOT_OK:
            return state.code
        if not self._profile.answers:
            return ""
        return state.code if state.health is not Health.OK else self._settle()

    def _freed(self) -> str:
        """End what the last job may have left open in a printer that cannot be asked. Gives ``""``, or a code."""
        if self._profile.answers:
            return ""
        if self._sent_on != self._line.opened:
            self._talk.padding = self._rest  # it may have been cut off unseen
        start = reset_of(self._profile) + parting(self._profile) if self._torn else b""
        if not self._talk.say(start):
            return Trouble.SILENT if self._line.is_open else Trouble.MISSING
        self._torn = False
        return ""

    def _settle(self) -> str:
        """Have the printer finish whatever was sent earlier. Gives ``""``, or the code that says why it did not.

        One that is well and yet does not answer may wait for the rest of a command that was cut off.
        """
        if self._settled:
            return ""
        start = reset_of(self._profile) + (b"" if self._profile.status is StatusMethod.ASB else PUSH_ON + PUSH_OFF)
        start += parting(self._profile) if self._torn else b""
        code = self._fence.settled(start, self._patience.fence_seconds, self._patience.quiet_seconds)
        self._settled = not code
        self._torn = self._torn and not self._settled
        if code == Trouble.SILENT:
            self._talk.padding = PADDING_UNKNOWN_BYTES
        return code

    def _broken_off(self, sent: int) -> PrintOutcome:
        """The line died, or took no more in time. What is left of the job is never sent."""
        code = Trouble.SILENT if self._line.is_open else Trouble.MISSING
        self._line.drop_output()
        self._talk.padding, self._torn = self._rest, bool(sent)
        if code is Trouble.SILENT and not self._opened():
            state = self._asking.state()  # a printer that stopped for a reason may still say it
            if state.health is Health.NOT_OK:
                return PrintOutcome(PrintState.UNCERTAIN if sent else PrintState.FAILED, state.code, sent)
        return PrintOutcome(PrintState.UNCERTAIN if sent else PrintState.FAILED, code, sent)

    def _confirmed(self, sent: int, replies: Sequence[Kind], transit_seconds: float) -> PrintOutcome:
        code = self._fence.confirmed(replies, self._patience.fence_seconds + transit_seconds) or self._fence.vouched()
        if code:
            if self._line.drop_output():
                self._talk.padding, self._torn = self._rest, True
            return PrintOutcome(PrintState.UNCERTAIN, code, sent)
        self._settled = True
        return PrintOutcome(PrintState.PRINTED, bytes_sent=sent)

    def _gone_out(self, sent: int, transit_seconds: float) -> PrintOutcome:
        if not self._line.drained(self._patience.write_seconds + transit_seconds):
            return self._broken_off(sent)
        state = self._asking.state()
        unheard = self._profile.status is StatusMethod.PORT and state.health is not Health.OK  # gone, for one
        if unheard or state.health is Health.NOT_OK:
            return PrintOutcome(PrintState.UNCERTAIN, state.code, sent)
        return PrintOutcome(PrintState.SENT, bytes_sent=sent)
