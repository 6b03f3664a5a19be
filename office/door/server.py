"""``/enrol`` over HTTPS, in threads of its own beside the pages. Nothing here is worth waiting for.

waitress knows no TLS, and a proxy before it would be one program more to set up and to trust; what is needed of HTTP is
one POST. A line has ten seconds in all, handshake, request and answer, and is closed after it; eight are served at a
time, two of one address.
"""

from __future__ import annotations

import contextlib
import logging
import socket
import ssl
import threading
from collections import Counter
from collections.abc import Callable

from office.door.request import Posted, read_request, response
from office.rate import Addresses

logger = logging.getLogger(__name__)
LINES_MAX = 8
LINES_OF_ONE_MAX = 2
SECONDS = 10.0
AGAIN_SECONDS = 5.0
IDLE_SECONDS = 2.0
PAUSE_SECONDS = 0.5

Answer = Callable[[bytes], tuple[int, bytes]]
"""What is answered to a body: status and bytes."""


class Door:
    """Serves until ``close``. If the port is held it is tried again: the pages do not wait for it."""

    def __init__(
        self,
        address: tuple[str, int],
        context: Callable[[], ssl.SSLContext],
        answer: Answer,
        *,
        turned_away: Callable[[str], None],
        idle: Callable[[], None],
        attempts_a_minute: int,
        clock: Callable[[], float],
    ) -> None:
        self._address, self._context, self._answer, self._clock = address, context, answer, clock
        self._turned_away, self._idle = turned_away, idle
        self._addresses = Addresses(attempts_a_minute)
        self._lines: Counter[str] = Counter()
        self._counting = threading.Lock()
        self._rested_at: float | None = None
        self._ending = threading.Event()
        self._listener: socket.socket | None = None
        self.open = threading.Event()

    def start(self) -> None:
        """Begin, in a thread."""
        threading.Thread(target=self._serve, name="door", daemon=True).start()

    def close(self) -> None:
        """Take no more."""
        self._ending.set()
        self._rest()
        listener = self._listener
        if listener is not None:
            with contextlib.suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)
            listener.close()

    def _serve(self) -> None:
        said = False
        while not self._ending.is_set():
            try:
                context = self._context()
                family = socket.AF_INET6 if ":" in self._address[0] else socket.AF_INET
                self._listener = socket.create_server(self._address, family=family, backlog=32)
            except OSError as error:
                if not said:
                    logger.warning("enrol.closed: no enrolment at port %d: %s", self._address[1], error)
                said = True
                self._ending.wait(AGAIN_SECONDS)
                continue
            try:
                self._listener.settimeout(IDLE_SECONDS)
                self.open.set()
                said = False
                self._accept(self._listener, context)
            finally:
                self._listener.close()

    def _accept(self, listener: socket.socket, context: ssl.SSLContext) -> None:
        while not self._ending.is_set():
            now = self._clock()
            if self._rested_at is None or now - self._rested_at >= IDLE_SECONDS:
                self._rested_at = now
                self._rest()
            try:
                plug, (address, *_) = listener.accept()
            except TimeoutError:
                continue
            except OSError as error:
                if self._ending.is_set() or listener.fileno() < 0:
                    return
                # No file or no memory is left, or a line ended before it was taken: that passes (accept(2)).
                logger.warning("enrol: a line could not be taken: %s", error)
                self._ending.wait(PAUSE_SECONDS)
                continue
            self._take(plug, str(address), context)

    def _take(self, plug: socket.socket, address: str, context: ssl.SSLContext) -> None:
        if not self._addresses.may(address, self._clock()):
            self._turned_away("enrol.rate")
            plug.close()
            return
        with self._counting:
            busy = self._lines.total() >= LINES_MAX or self._lines[address] >= LINES_OF_ONE_MAX
            self._lines[address] += not busy
        if busy:
            self._turned_away("enrol.busy")
            plug.close()
            return
        end = self._clock() + SECONDS
        try:
            threading.Thread(target=self._serve_one, args=(plug, address, context, end), daemon=True).start()
        except RuntimeError as error:  # no more threads
            logger.warning("enrol: a line could not be served: %s", error)
            self._done(plug, address)

    def _done(self, plug: socket.socket, address: str) -> None:
        plug.close()
        with self._counting:
            self._lines[address] -= 1
            if self._lines[address] <= 0:
                del self._lines[address]

    def _rest(self) -> None:
        try:
            self._idle()
        except Exception:  # the books may be away for a while: that shuts no door
            logger.exception("office.fault: counts could not be written")

    def _serve_one(self, plug: socket.socket, address: str, context: ssl.SSLContext, end: float) -> None:
        try:
            plug.settimeout(_left(end, self._clock()))  # of the whole handshake: the ssl module counts from its start
            with context.wrap_socket(plug, server_side=True) as line:
                posted = read_request(line, self._clock, end - self._clock())
                status, body = self._reply(posted)
                line.settimeout(_left(end, self._clock()))
                line.sendall(response(status, body))
        except OSError as error:  # also what TLS says of strangers
            logger.info("enrol: a line ended early: %s", error)
        except Exception:
            logger.exception("office.fault: a request could not be dealt with")
        finally:
            self._done(plug, address)

    def _reply(self, posted: Posted | int) -> tuple[int, bytes]:
        if isinstance(posted, int):
            self._turned_away("enrol.malformed")
            return posted, b"enrol.malformed"
        return self._answer(posted.body) if posted.path == "/enrol" else (404, b"enrol.malformed")


def _left(end: float, now: float) -> float:
    return max(0.1, end - now)  # zero would be no limit but no waiting
