"""The door for strangers: bounded in bytes, in time, in lines at once, in requests of one address."""

from __future__ import annotations

import errno
import socket
import ssl
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kiosk.asking import Declined, NotAnswered, ask
from kiosk.demo.processes import free_port
from office.door import server
from office.door.server import LINES_MAX, LINES_OF_ONE_MAX, Door
from office.rate import ADDRESSES_MAX, Addresses, full
from sync.certificates import new_authority, server_certificate
from sync.curve import new_key
from sync.enrolment import Place
from sync.tls import Credentials, server_context
from tests.support.enrolled import wait

NOW = datetime(2026, 11, 24, tzinfo=UTC)


@dataclass
class Standing:
    """A door that answers with what it got, backwards."""

    root: Path
    a_minute: int = 10_000
    rests: int = 0
    turned: Counter[str] = field(default_factory=Counter)
    busy: threading.Event = field(default_factory=threading.Event)
    go_on: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        key = new_key(b"k" * 48)
        authority = new_authority(new_key(b"a" * 48), "office", NOW, b"a" * 16)
        certificate, key_file = self.root / "server.pem", self.root / "server.key"
        certificate.write_bytes(server_certificate(authority, key, ["127.0.0.1"], NOW, b"s" * 16))
        key_file.write_bytes(key)
        self.authority = self.root / "authority.pem"
        self.authority.write_bytes(authority.certificate)
        self.place = Place("127.0.0.1", free_port())
        self.go_on.set()
        self.door = Door(
            ("127.0.0.1", self.place.port),
            lambda: server_context(certificate, key_file),
            self.answer,
            turned_away=lambda code: self.turned.update([code]),
            idle=self.rest,
            attempts_a_minute=self.a_minute,
            clock=time.monotonic,
        )
        self.door.start()
        assert self.door.open.wait(20)

    def rest(self) -> None:
        self.rests += 1

    def answer(self, body: bytes) -> tuple[int, bytes]:
        self.busy.set()
        assert self.go_on.wait(20)
        return (403, b"enrol.refused") if body == b"no" else (200, body[::-1])

    def line(self) -> ssl.SSLSocket:
        plug = socket.create_connection(("127.0.0.1", self.place.port), timeout=20)
        return Credentials(self.authority).context().wrap_socket(plug, server_hostname="127.0.0.1")

    def said(self, data: bytes) -> bytes:
        with self.line() as line:
            line.sendall(data)
            found = b""
            while part := line.recv(4096):
                found += part
        return found


@pytest.fixture
def door(tmp_path: Path) -> Iterator[Standing]:
    made = Standing(tmp_path)
    yield made
    made.go_on.set()
    made.door.close()


def test_what_is_posted_is_answered(door: Standing) -> None:
    assert ask(door.place, door.authority, b"abc") == b"cba"
    with pytest.raises(Declined, match=r"enrol\.refused"):
        ask(door.place, door.authority, b"no")


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (b"GET /enrol HTTP/1.1\r\n\r\n", b"400"),
        (b"POST /enrol HTTP/1.1\r\n\r\n", b"400"),
        (b"POST /enrol HTTP/1.1\r\nContent-Length: -1\r\n\r\n", b"400"),
        (b"POST /enrol HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx", b"400"),
        (b"POST /enrol HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\nx", b"400"),
        (b"POST /enrol HTTP/1.1\r\nContent-Length: 5000\r\n\r\n", b"413"),
        (b"POST /enrol HTTP/1.1\r\nContent-Length: 1\r\n\r\nxxxx", b"413"),
        (b"POST /other HTTP/1.1\r\nContent-Length: 1\r\n\r\nx", b"404"),
        (b"POST /../enrol HTTP/1.1\r\nContent-Length: 1\r\n\r\nx", b"400"),
        (b"x" * 9000, b"413"),
        (b"\x00\xff\r\n\r\n", b"400"),
    ],
)
def test_what_is_no_request_is_turned_away(door: Standing, data: bytes, status: bytes) -> None:
    assert door.said(data).startswith(b"HTTP/1.1 " + status)


def test_plain_text_and_silence_and_half_a_request_hold_nobody_up(
    door: Standing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "SECONDS", 0.5)
    monkeypatch.setattr(server, "LINES_OF_ONE_MAX", LINES_MAX)
    plain = socket.create_connection(("127.0.0.1", door.place.port), timeout=20)
    plain.sendall(b"POST /enrol HTTP/1.1\r\n\r\n")
    silent = socket.create_connection(("127.0.0.1", door.place.port), timeout=20)
    half = door.line()
    half.sendall(b"POST /enrol HTTP/1.1\r\n")
    for plug in (plain, silent, half):
        try:
            while plug.recv(4096):
                pass
        except OSError:
            continue
        finally:
            plug.close()
    assert ask(door.place, door.authority, b"abc") == b"cba"


def test_only_so_many_are_served_at_once(door: Standing, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "LINES_OF_ONE_MAX", LINES_MAX)
    fill(door, LINES_MAX)


def test_one_address_holds_two_lines_at_most(door: Standing) -> None:
    fill(door, LINES_OF_ONE_MAX)
    wait(lambda: not door.door._lines, "the lines to be free again")
    assert ask(door.place, door.authority, b"abc") == b"cba"


def fill(door: Standing, count: int) -> None:
    """Hold as many lines as there may be; the next one is turned away, and those that stand are answered."""
    door.go_on.clear()
    lines = [door.line() for _ in range(count)]
    for line in lines:
        line.sendall(b"POST /enrol HTTP/1.1\r\nContent-Length: 1\r\n\r\nx")
    assert door.busy.wait(20)
    with pytest.raises(NotAnswered):
        ask(door.place, door.authority, b"abc")
    assert door.turned["enrol.busy"] == 1
    door.go_on.set()
    for line in lines:
        assert line.recv(4096).startswith(b"HTTP/1.1 200")
        line.close()


class Exhausted:
    """A listener that has no file left for a line, the first times."""

    def __init__(self, own: socket.socket) -> None:
        self.own, self.left = own, 3

    def accept(self) -> tuple[socket.socket, tuple[str, int]]:
        if self.left:
            self.left -= 1
            raise OSError(errno.EMFILE, "Too many open files")
        return self.own.accept()

    def __getattr__(self, name: str) -> object:
        return getattr(self.own, name)


def test_no_file_and_no_thread_left_close_no_door(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "PAUSE_SECONDS", 0.01)
    real = socket.create_server
    monkeypatch.setattr(socket, "create_server", lambda *a, **k: Exhausted(real(*a, **k)))
    standing = Standing(tmp_path)
    begin, left = threading.Thread.start, [1]

    def start(thread: threading.Thread) -> None:
        if left and left.pop():
            raise RuntimeError("can't start new thread")
        begin(thread)

    monkeypatch.setattr(threading.Thread, "start", start)
    with pytest.raises(NotAnswered):
        ask(standing.place, standing.authority, b"abc")
    assert ask(standing.place, standing.authority, b"abc") == b"cba"
    standing.door.close()


def test_counts_are_not_written_for_every_line(tmp_path: Path) -> None:
    standing = Standing(tmp_path)
    for _ in range(20):
        ask(standing.place, standing.authority, b"abc")
    assert standing.rests < 10
    standing.door.close()


def test_an_address_that_asks_too_often_is_turned_away_unread(tmp_path: Path) -> None:
    standing = Standing(tmp_path, a_minute=3)
    for _ in range(3):
        assert ask(standing.place, standing.authority, b"ab") == b"ba"
    with pytest.raises(NotAnswered):
        ask(standing.place, standing.authority, b"ab")
    assert standing.turned == {"enrol.rate": 1}
    standing.door.close()


def test_another_server_is_not_asked(door: Standing, tmp_path: Path) -> None:
    other = tmp_path / "other.pem"
    other.write_bytes(new_authority(new_key(b"x" * 48), "office", NOW, b"x" * 16).certificate)
    with pytest.raises(NotAnswered, match="CERTIFICATE_VERIFY_FAILED"):
        ask(door.place, other, b"secret")
    with pytest.raises(NotAnswered):
        ask(Place("localhost", door.place.port), door.authority, b"secret")  # a name that is not in the certificate
    with pytest.raises(NotAnswered):
        ask(Place("127.0.0.1", free_port()), door.authority, b"secret")


def test_a_port_that_is_held_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "AGAIN_SECONDS", 0.05)
    held = socket.create_server(("127.0.0.1", 0))
    door = Door(
        held.getsockname(), lambda: ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), lambda body: (200, body),
        turned_away=lambda _: None, idle=lambda: None, attempts_a_minute=1, clock=time.monotonic,
    )  # fmt: skip
    door.start()
    assert not door.open.wait(0.2)
    held.close()
    assert door.open.wait(20)
    door.close()


def test_a_bucket_gives_what_it_gained() -> None:
    bucket = full(2.0, 4.0, 0.0)
    assert [bucket.take(0.0) for _ in range(5)] == [True] * 4 + [False]
    assert [bucket.take(1.0) for _ in range(3)] == [True, True, False]
    assert not bucket.take(0.5)  # a clock that goes back gains nothing
    assert [bucket.take(100.0) for _ in range(5)] == [True] * 4 + [False]


def test_addresses_are_not_remembered_without_end() -> None:
    addresses = Addresses(1)
    for number in range(5 * ADDRESSES_MAX):
        assert addresses.may(str(number), 0.0)
    assert len(addresses._buckets) == ADDRESSES_MAX
    assert not addresses.may(str(5 * ADDRESSES_MAX - 1), 0.0)
