"""The print queue: one thread owns the printer. The journal knows of every step before the next one is taken."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable

from devices.paper import Paper
from devices.ports import DeviceState, Health, Nudged, Printer, PrintOutcome, PrintState
from kiosk.faults import YizhanError, point
from kiosk.flow.events import PrinterReported, PrintReported, SlipReported
from kiosk.journal.journal import Journal
from kiosk.papers.slip import Slip, slip_paper
from kiosk.papers.voucher import decode_content, voucher_paper
from kiosk.texts import Texts
from kiosk.worker import Worker

logger = logging.getLogger(__name__)
STATUS_SECONDS = 2.0
STOP_SECONDS = 20.0


class _Look:
    """Look at the printer now."""


class PrintQueue:
    """Prints jobs of the journal in order, and watches the printer in between."""

    def __init__(
        self,
        *,
        printer: Printer,
        journal: Journal,
        worker: Worker,
        texts: Texts,
        post: Callable[[PrintReported | PrinterReported | SlipReported], None],
    ) -> None:
        self._printer = printer
        self._journal = journal
        self._worker = worker
        self._texts = texts
        self._post = post
        self._known: DeviceState | None = None
        # A job, or what else there is to do: an early look at the printer, and the end.
        self._jobs: queue.SimpleQueue[int | Slip | _Look | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="printer-loop", daemon=True)

    def start(self) -> None:
        """Begin to watch and to print."""
        self._thread.start()

    def put(self, job: int) -> None:
        """Print a job that is queued in the journal."""
        self._jobs.put(job)

    def put_slip(self, slip: Slip) -> None:
        """Print a slip. The journal knows nothing of its paper: its code is a key, and is kept nowhere."""
        self._jobs.put(slip)

    def nudge(self) -> None:
        """Something was plugged in: look at the printer at once. From any thread."""
        if isinstance(self._printer, Nudged):
            self._printer.nudge()
        self._jobs.put(_Look())

    def stop(self) -> None:
        """End after the paper under way; one that takes too long is left as uncertain."""
        self._jobs.put(None)
        self._thread.join(STOP_SECONDS)
        self._printer.close()
        self._thread.join()

    def _run(self) -> None:
        self._watch()
        while True:
            try:
                job = self._jobs.get(timeout=STATUS_SECONDS)
            except queue.Empty:
                job = _Look()
            if isinstance(job, _Look):
                self._watch()
                continue
            if job is None:
                return
            if isinstance(job, Slip):
                self._print_slip(job)
                self._watch()
                continue
            try:
                self._print(job)
            except YizhanError:
                # The worker told the screen already. Nothing of this job is sent again by itself; the thread goes on.
                continue
            self._watch()

    def _watch(self) -> None:
        try:
            state = self._printer.status()
        except Exception:
            logger.exception("printer.fault: the printer's driver failed")
            state = DeviceState(Health.NOT_OK, "printer.fault")
        if state != self._known:
            self._known = state
            self._post(PrinterReported(state))

    def _print(self, job_id: int) -> None:
        job = self._worker.call(lambda: self._journal.jobs.get(job_id))
        if job is None or job.state is not PrintState.QUEUED:
            # An attempt is sent at most once: somebody else took this one.
            self._post(PrintReported(job_id, PrintState.UNCERTAIN, "print.interrupted"))
            return
        self._mark(job_id, PrintOutcome(PrintState.SENDING))
        outcome = self._send_job(job.content, job.copy)
        point("print.sent")
        self._mark(job_id, outcome)
        self._post(PrintReported(job_id, outcome.state, outcome.code))

    def _print_slip(self, slip: Slip) -> None:
        outcome = self._send(lambda: slip_paper(slip, self._texts))
        self._post(SlipReported(slip.request, _code_of(outcome)))

    def _send_job(self, content: bytes, copy: int) -> PrintOutcome:
        def paper() -> Paper:
            return voucher_paper(decode_content(content), copy, self._texts)

        return self._send(paper)

    def _send(self, paper: Callable[[], Paper]) -> PrintOutcome:
        try:
            return self._printer.print(paper())
        except Exception:
            # A fault of the program, not of the printer: what reached the paper is not known.
            logger.exception("print.failed: a paper could not be printed")
            return PrintOutcome(PrintState.UNCERTAIN, "print.failed")

    def _mark(self, job: int, outcome: PrintOutcome) -> None:
        def write() -> None:
            with self._journal.transaction(f"print.{outcome.state.value}"):
                self._journal.jobs.mark(job, outcome.state, outcome.code)

        self._worker.call(write)


def _code_of(outcome: PrintOutcome) -> str:
    """Empty for a paper that surely came out, or went to a printer that cannot say more."""
    came = outcome.state in (PrintState.PRINTED, PrintState.SENT)
    return "" if came else outcome.code or "print.failed"
