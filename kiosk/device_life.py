"""One driver and the one thread that calls it."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from typing import Generic, Protocol, TypeVar

D = TypeVar("D", bound="Device")
T = TypeVar("T")


class Device(Protocol):
    """What every driver has."""

    def close(self) -> None:
        """Let go of the device."""
        ...


class Task(Generic[D, T]):
    """One question, and what became of it."""

    def __init__(self, ask: Callable[[D], T]) -> None:
        self.fault: BaseException | None = None
        self._ask = ask
        self._answers: list[T] = []
        self._ended = False

    def ended(self) -> bool:
        """Whether it is done, well or not."""
        return self._ended

    def end(self) -> None:
        """It is done now."""
        self._ended = True

    def answer(self) -> T:
        """The answer of a task that is done and has no fault."""
        return self._answers[0]

    def carry_out(self, driver: D) -> None:
        """Ask."""
        try:
            self._answers.append(self._ask(driver))
        except Exception as fault:  # noqa: BLE001 - whatever a driver raises, whoever asked is told
            self.fault = fault

    def fail(self, fault: Exception) -> None:
        """There is no driver to ask."""
        self.fault = fault


class Life(Generic[D]):
    """Begins at once. ``changed`` is notified when a task is done."""

    def __init__(self, name: str, make: Callable[[], D], began_at: float, changed: threading.Condition) -> None:
        self.began_at = began_at
        self.driver: D | None = None
        self._make = make
        self._changed = changed
        self._tasks: queue.SimpleQueue[Task[D, object] | None] = queue.SimpleQueue()
        self.thread = threading.Thread(target=self._run, name=name, daemon=True)
        self.thread.start()

    def put(self, ask: Callable[[D], T]) -> Task[D, T]:
        """Hand a question in."""
        task: Task[D, T] = Task(ask)
        self._tasks.put(task)  # type: ignore[arg-type]  # what the answer is does not matter to the thread
        return task

    def finish(self) -> None:
        """Let go of the device and end, once the task under way is done."""
        self._tasks.put(None)

    def abandon(self) -> None:
        """The task under way hangs. Its driver still holds the line: it is closed from outside, by a thread of its own,
        since that may hang too. Whatever still comes back from the driver, nobody is there to hear it.
        """
        self.finish()
        threading.Thread(target=self._close, name=f"{self.thread.name}-closing", daemon=True).start()

    def _run(self) -> None:
        fault: Exception | None = None
        try:
            self.driver = self._make()
        except Exception as reason:  # noqa: BLE001 - as above
            fault = reason
        while (task := self._tasks.get()) is not None:
            if self.driver is None:
                task.fail(fault or RuntimeError("no driver"))
            else:
                task.carry_out(self.driver)
            with self._changed:
                task.end()
                self._changed.notify_all()
        self._close()

    def _close(self) -> None:
        try:
            if self.driver is not None:
                self.driver.close()
        except Exception:  # noqa: BLE001 - it was given up already, and that was said
            return
