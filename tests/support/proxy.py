"""A network between two ends of TCP that is as bad as it is told to be, and worse while it runs.

One thread; what is random (jitter) is seeded. ``up`` is from who connects to the target, ``down`` the other way.
"""

from __future__ import annotations

import random
import selectors
import socket
import threading
import time
from collections import Counter
from types import TracebackType
from typing import Any, Self

from tests.support.proxy_line import READ_BYTES, Line, Way, Weather, tear

IDLE_SECONDS = 1.0


class Proxy:
    """Listens on ``port``. ``passed`` counts bytes by way, ``lines`` the connections that were taken."""

    def __init__(self, target: int, weather: Weather | None = None, seed: int = 1) -> None:
        self.passed: Counter[str] = Counter()
        self.lines = 0
        self._target, self._weather, self._dice = target, weather or Weather(), random.Random(seed)
        self._open: list[Line] = []
        self._fuse: tuple[str, int, str] | None = None
        self._torn = self._closing = False
        self._told: list[threading.Event] = []
        self._lock = threading.Lock()
        self.burnt = threading.Event()
        self._wake, self._woken = socket.socketpair()
        self._listener: socket.socket | None = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def become(self, weather: Weather) -> None:
        """Change the weather, at once and for lines that stand too. A line that fell silent stays dead."""
        self._tell(weather=weather)

    def reset(self) -> None:
        """Tear every line: both ends get a reset."""
        self._tell(torn=True)

    def fuse(self, way: str, count: int, what: str) -> None:
        """After exactly ``count`` more bytes of a way: ``reset`` or ``silence``. ``burnt`` is set when it happened."""
        with self._lock:
            self.burnt.clear()
            self._fuse = way, self.passed[way] + count, what

    def close(self) -> None:
        """Tear everything down."""
        self._closing = True
        self._wake.send(b"!")
        self._thread.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _kind: type[BaseException] | None, _e: BaseException | None, _t: TracebackType | None) -> None:
        self.close()

    def _tell(self, *, weather: Weather | None = None, torn: bool = False) -> None:
        """Return once the thread does as it was told."""
        done = threading.Event()
        with self._lock:
            self._weather, self._torn = weather or self._weather, torn
            self._told.append(done)
        self._wake.send(b"!")
        done.wait()

    def _run(self) -> None:
        while not self._closing:
            with self._lock:
                weather, torn, self._torn = self._weather, self._torn, False
                told, self._told = self._told, []
            self._listen(weather)
            for line in self._open:
                line.dead = line.dead or weather.silent
            if torn:
                self._drop(*self._open, torn=True)
            for done in told:
                done.set()
            self._turn(weather)
        self._drop(*self._open, torn=True)
        for plug in (self._listener, self._wake, self._woken):
            if plug is not None:
                plug.close()

    def _listen(self, weather: Weather) -> None:
        if weather.refuse and self._listener is not None:
            self._listener.close()
            self._listener = None
        elif not weather.refuse and self._listener is None:
            self._listener = socket.create_server(("127.0.0.1", self.port))

    def _turn(self, weather: Weather) -> None:
        now = time.monotonic()
        soonest = now + IDLE_SECONDS
        with selectors.DefaultSelector() as selector:
            selector.register(self._woken, selectors.EVENT_READ)
            if self._listener is not None:
                selector.register(self._listener, selectors.EVENT_READ)
            for line in self._open:
                for plug, events in self._interest(line, now, weather).items():
                    selector.register(plug, events, line)
                times = [way.next_at for _, way in line.ways if way.next_at is not None]
                times += [now + 0.05 for _, way in line.ways if way.busy(now, weather)]
                soonest = min(soonest, *times) if times else soonest
            ready: dict[Any, int] = {key.fileobj: events for key, events in selector.select(max(0.0, soonest - now))}
        if self._woken in ready:
            self._woken.recv(64)
        if self._listener is not None and self._listener in ready:
            self._accept(self._listener, weather)
        for line in list(self._open):
            self._serve(line, ready, weather)

    def _interest(self, line: Line, now: float, weather: Weather) -> dict[socket.socket, int]:
        found: dict[socket.socket, int] = {}
        for _, way in line.ways:
            if way.reads and (line.dead or not way.busy(now, weather)):
                found[way.source] = found.get(way.source, 0) | selectors.EVENT_READ
            if way.blocked:
                found[way.sink] = found.get(way.sink, 0) | selectors.EVENT_WRITE
        return found

    def _accept(self, listener: socket.socket, weather: Weather) -> None:
        near, _ = listener.accept()
        try:
            far = socket.create_connection(("127.0.0.1", self._target), timeout=1)
        except OSError:
            tear(near)
            near.close()
            return
        self.lines += 1
        line = Line(near, far)
        line.dead = weather.silent
        self._open.append(line)

    def _serve(self, line: Line, ready: dict[Any, int], weather: Weather) -> None:
        now = time.monotonic()
        try:
            for name, way in line.ways:
                if ready.get(way.source, 0) & selectors.EVENT_READ and way.reads:
                    if line.dead:
                        way.ended = not way.source.recv(READ_BYTES)
                        continue
                    way.read(now, weather, self._dice)
                if not line.dead:
                    self._write(line, name, way, now)
        except OSError:
            if not line.dead:
                self._drop(line, torn=True)
            return
        if line.over:
            self._drop(line, torn=False)

    def _write(self, line: Line, name: str, way: Way, now: float) -> None:
        with self._lock:
            fuse = self._fuse if self._fuse is not None and self._fuse[0] == name else None
        limit = None if fuse is None else fuse[1] - self.passed[name]
        self.passed[name] += way.write(now, limit)
        if fuse is not None and self.passed[name] >= fuse[1]:
            with self._lock:
                self._fuse = None
                if fuse[2] == "silence":
                    self._weather = Weather(silent=True)
            line.dead = True
            if fuse[2] == "reset":
                self._drop(line, torn=True)
            self.burnt.set()

    def _drop(self, *lines: Line, torn: bool) -> None:
        for line in lines:
            line.close(torn=torn)
        self._open = [line for line in self._open if line not in lines]
