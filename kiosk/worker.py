"""The journal's thread: the one owner of the connection. Others hand it work and get plain values back."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

from kiosk.faults import YizhanError

logger = logging.getLogger(__name__)
T = TypeVar("T")


class Worker:
    """Carries out calls one after the other. A fault of the journal goes to ``on_fault`` with its code."""

    def __init__(self, on_fault: Callable[[str], None]) -> None:
        self._on_fault = on_fault
        self._work: queue.SimpleQueue[tuple[Callable[[], Any], Future[Any]] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="journal", daemon=True)
        self._thread.start()

    def call(self, work: Callable[[], T]) -> T:
        """Have ``work`` done and wait for its answer. Raises what it raises."""
        return self._submit(work).result()

    def then(self, work: Callable[[], T], answer: Callable[[T], None]) -> None:
        """Have ``work`` done; ``answer`` gets the result, on the worker's thread. Faults go to ``on_fault``."""

        def deliver(future: Future[T]) -> None:
            if future.exception() is None:
                answer(future.result())

        self._submit(work).add_done_callback(deliver)

    def probe(self, work: Callable[[], object], recovered: Callable[[], None]) -> None:
        """Try ``work`` once more after a fault; ``recovered`` is called if it goes well, and nobody is told if not."""

        def attempt() -> bool:
            try:
                work()
            except YizhanError:
                return False
            return True

        self.then(attempt, lambda well: recovered() if well else None)

    def stop(self) -> None:
        """Finish what was handed in, then end the thread."""
        self._work.put(None)
        self._thread.join()

    def _submit(self, work: Callable[[], T]) -> Future[T]:
        future: Future[T] = Future()
        self._work.put((work, future))
        return future

    def _run(self) -> None:
        while (task := self._work.get()) is not None:
            work, future = task
            try:
                result = work()
            except YizhanError as fault:
                logger.error("%s: %s", fault.code, fault)  # noqa: TRY400 - the sentence says all; no traceback in the log
                future.set_exception(fault)
                self._on_fault(fault.code)
            except Exception as fault:
                logger.exception("journal.fault: a call on the journal failed")
                future.set_exception(fault)
                self._on_fault("journal.fault")
            else:
                future.set_result(result)
                del result
            del task, work, future  # a PIN, a name: nothing of the last call stays while the next one is waited for
