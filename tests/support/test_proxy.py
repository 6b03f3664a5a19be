"""The bad network does what it is told, and nothing else: else what runs through it proves nothing."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator

import pytest

from tests.support.enrolled import wait
from tests.support.proxy import Proxy
from tests.support.proxy_line import Weather

PATIENCE_SECONDS = 10.0
DATA = bytes(range(256)) * 8


class Echo:
    """Sends back what comes; ``broken`` counts the lines that were torn."""

    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        self.got = bytearray()
        self.torn = threading.Event()
        threading.Thread(target=self._run, daemon=True).start()

    def close(self) -> None:
        self._listener.close()

    def _run(self) -> None:
        while True:
            try:
                plug, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(plug,), daemon=True).start()

    def _serve(self, plug: socket.socket) -> None:
        with plug:
            try:
                while data := plug.recv(4096):
                    self.got += data
                    plug.sendall(data)
            except OSError:
                self.torn.set()


@pytest.fixture
def echo() -> Iterator[Echo]:
    made = Echo()
    yield made
    made.close()


def dial(proxy: Proxy) -> socket.socket:
    return socket.create_connection(("127.0.0.1", proxy.port), timeout=PATIENCE_SECONDS)


def exactly(plug: socket.socket, count: int) -> bytes:
    data = b""
    while len(data) < count:
        more = plug.recv(count - len(data))
        assert more, f"the line ended after {len(data)} bytes"
        data += more
    return data


@pytest.mark.parametrize(
    "weather",
    [
        Weather(),
        Weather(split=True),
        Weather(delay=0.05, jitter=0.05),
        Weather(rate=10_000),
        Weather(rate=20_000, delay=0.02, split=True),
    ],
    ids=str,
)
def test_bytes_arrive_whole_and_in_order(echo: Echo, weather: Weather) -> None:
    with Proxy(echo.port, weather) as proxy, dial(proxy) as plug:
        began = time.monotonic()
        plug.sendall(DATA)
        plug.shutdown(socket.SHUT_WR)
        assert exactly(plug, len(DATA)) == DATA
        assert plug.recv(1) == b""  # the end is passed on too
        # Never faster than the weather allows; how much slower is the machine's affair.
        assert time.monotonic() - began >= 2 * weather.delay + (len(DATA) / weather.rate if weather.rate else 0.0) * 0.8
        wait(lambda: proxy.passed == {"up": len(DATA), "down": len(DATA)}, "the count")


def test_silence_swallows_both_ways_and_tells_nobody(echo: Echo) -> None:
    with Proxy(echo.port) as proxy, dial(proxy) as plug:
        plug.sendall(b"one")
        assert exactly(plug, 3) == b"one"
        proxy.become(Weather(silent=True))
        proxy.become(Weather())
        plug.sendall(b"two")  # a router that forgot the line does not remember it
        with dial(proxy) as other:
            other.sendall(b"three")
            assert exactly(other, 5) == b"three"
        plug.settimeout(0.05)
        with pytest.raises(TimeoutError):
            plug.recv(1)
        assert bytes(echo.got).endswith(b"onethree")


@pytest.mark.parametrize(("way", "count"), [("up", 1), ("up", 700), ("down", 1), ("down", 700)])
def test_a_line_is_torn_after_an_exact_number_of_bytes(echo: Echo, way: str, count: int) -> None:
    with Proxy(echo.port) as proxy, dial(proxy) as plug:
        proxy.fuse(way, count, "reset")
        plug.sendall(DATA)
        assert proxy.burnt.wait(PATIENCE_SECONDS)
        with pytest.raises(ConnectionResetError):
            exactly(plug, len(DATA) + 1)
        assert echo.torn.wait(PATIENCE_SECONDS)
        assert proxy.passed[way] == count
        with dial(proxy) as other:
            other.sendall(b"on")
            assert exactly(other, 2) == b"on"


def test_a_line_falls_silent_after_an_exact_number_of_bytes(echo: Echo) -> None:
    with Proxy(echo.port) as proxy, dial(proxy) as plug:
        proxy.fuse("up", 300, "silence")
        plug.sendall(DATA)
        assert proxy.burnt.wait(PATIENCE_SECONDS)
        assert proxy.passed["up"] == 300
        assert not echo.torn.is_set()


def test_every_line_is_torn_at_a_word(echo: Echo) -> None:
    with Proxy(echo.port) as proxy, dial(proxy) as one, dial(proxy) as two:
        for plug in (one, two):
            plug.sendall(b"x")
            exactly(plug, 1)
        proxy.reset()
        for plug in (one, two):
            with pytest.raises(ConnectionResetError):
                plug.recv(1)
        assert proxy.lines == 2


def test_nobody_listens_until_somebody_does_again_on_the_same_port(echo: Echo) -> None:
    with Proxy(echo.port) as proxy:
        proxy.become(Weather(refuse=True))
        with pytest.raises(ConnectionRefusedError):
            dial(proxy)
        proxy.become(Weather())
        with dial(proxy) as plug:
            plug.sendall(b"x")
            assert exactly(plug, 1) == b"x"
