"""The desk and the print queue as ``kiosk run`` has them, without a screen; papers fall into a file."""

from __future__ import annotations

import json
import os
import queue
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from devices.paper import Paper, Qr, Text
from devices.ports import DeviceState, Health, PrintOutcome, PrintState
from domain.commands import RedeemItem, VoidVoucher
from domain.ids import CommandId, Epoch, ItemId, ResidentId, VisitId
from domain.refusals import Refused
from domain.voucher_number import VoucherNumber
from kiosk.desk.answers import Issued
from kiosk.desk.opening import open_desk
from kiosk.desk.papers import reprint, set_aside, waiting_papers
from kiosk.desk.parts import DeskParts
from kiosk.desk.redeem import redeem
from kiosk.desk.void import void
from kiosk.flow.events import PrinterReported, PrintReported, SlipReported
from kiosk.printing import PrintQueue
from kiosk.station import open_parts
from kiosk.texts import load_texts
from kiosk.worker import Worker
from tests.faults.places import CHEN, HE, NAME, RICE, STATION, Place

PATIENCE_SECONDS = 20.0
_P = ParamSpec("_P")
_T = TypeVar("_T")


@dataclass
class FilePrinter:
    """Every paper is a line that a kill does not take back. ``says`` is what the printer answers."""

    path: Path
    says: PrintState = PrintState.PRINTED

    def status(self) -> DeviceState:
        return DeviceState(Health.OK)

    def print(self, paper: Paper) -> PrintOutcome:
        code = next(part.payload for part in paper if isinstance(part, Qr))
        again = any(isinstance(part, Text) and "补打" in part.text for part in paper)
        with self.path.open("ab", buffering=0) as file:
            os.write(file.fileno(), json.dumps([code, again]).encode() + b"\n")
        return PrintOutcome(self.says, "" if self.says is PrintState.PRINTED else "print.silent")

    def close(self) -> None: ...


def papers(root: Path) -> list[tuple[str, bool]]:
    """What lies before the printer: code of the voucher, and whether it says that it is a reprint."""
    file = root / "papers"
    lines = file.read_text().splitlines() if file.exists() else []
    return [(code, again) for code, again in map(json.loads, lines)]


class AtDesk:
    """Opened as after a start."""

    def __init__(self, place: Place, says: PrintState = PrintState.PRINTED) -> None:
        self._reports: queue.SimpleQueue[PrintReported | PrinterReported | SlipReported] = queue.SimpleQueue()
        self.parts = open_parts(place.folder, STATION, NAME, place.system, demo=False)
        self.journal = self.parts.journal
        open_desk(self.parts, "test")
        self._worker = Worker(lambda _code: None)
        self._queue = PrintQueue(
            printer=FilePrinter(place.root / "papers", says),
            journal=self.journal,
            worker=self._worker,
            texts=load_texts(),
            post=self._reports.put,
        )
        self._queue.start()

    def redeem(
        self, command: str, resident: ResidentId = CHEN, item: ItemId = RICE, pieces: int = 1
    ) -> Issued | Refused:
        """Redeem and, if nobody tried before, print."""
        catalogue = self.parts.catalogue()
        assert catalogue is not None
        asked = RedeemItem(CommandId(command), VisitId("v"), resident, item, pieces)
        answer = self._worker.call(lambda: redeem(self.parts, asked, catalogue, "陈*芳"))
        if isinstance(answer, Issued):
            job = self._worker.call(lambda: self.journal.jobs.get(answer.job))
            if job is not None and job.state is PrintState.QUEUED:
                self._print(answer.job)
        return answer

    def do(self, verb: Callable[Concatenate[DeskParts, _P], _T], *args: _P.args, **how: _P.kwargs) -> _T:
        """A verb of the desk, on its thread."""
        return self._worker.call(lambda: verb(self.parts, *args, **how))

    def void(self, number: int) -> Refused | None:
        return self.do(void, VoidVoucher(VoucherNumber(Epoch(1), number), HE, "拿错了"))

    def reprint_all(self) -> None:
        """As staff do: everything that waits, until nothing does."""
        while waiting := self._worker.call(lambda: waiting_papers(self.parts)):
            job = waiting[0].job
            again = self._worker.call(lambda: reprint(self.parts, job, HE))  # noqa: B023 - called at once
            assert not isinstance(again, Refused)
            self._print(again)

    def set_all_aside(self) -> None:
        for paper in self._worker.call(lambda: waiting_papers(self.parts)):
            refused = self._worker.call(lambda: set_aside(self.parts, paper.job, HE))  # noqa: B023 - called at once
            assert refused is None

    def close(self) -> None:
        self._queue.stop()
        self._worker.stop()
        self.journal.close()

    def _print(self, job: int) -> None:
        self._queue.put(job)
        while True:
            report = self._reports.get(timeout=PATIENCE_SECONDS)
            if isinstance(report, PrintReported) and report.job == job:
                return
