from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kiosk.demo.cable import Cable
from sync.address import Address, Will
from sync.link import MESSAGE_BYTES_MAX, Link
from tests.support.mosquitto import Mosquitto, free_port

PATIENCE_SECONDS = 15.0


class End:
    """A link with what it was told, on a clock that can be put forward."""

    def __init__(self, port: int, name: str, *topics: str, mqtt: str = "5", will: Will | None = None) -> None:
        self.skipped = 0.0
        self.got: list[tuple[str, bytes]] = []
        self.told: list[str] = []
        self.fail = False
        self.link = Link(
            address=Address("127.0.0.1", port, name, mqtt),
            subscriptions=topics,
            take=self.take,
            came=lambda: self.told.append("up"),
            went=lambda _reason: self.told.append("down"),
            clock=lambda: time.monotonic() + self.skipped,
            random=lambda: 0.0,
            will=will,
        )

    def take(self, topic: str, payload: bytes) -> None:
        self.got.append((topic, payload))
        if self.fail:
            raise RuntimeError("the owner stumbles")

    def until(self, condition: Callable[[], bool], *others: End) -> None:
        end = time.monotonic() + PATIENCE_SECONDS
        while not condition():
            assert time.monotonic() < end, (self.got, self.told)
            for other in (self, *others):
                other.link.run(0.01)


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Mosquitto]:
    broker = Mosquitto(tmp_path)
    yield broker
    broker.kill()


@pytest.fixture
def proxy(broker: Mosquitto) -> Iterator[Cable]:
    proxy = Cable(broker.port)
    yield proxy
    proxy.close()


def pair(port: int, mqtt: str = "5") -> tuple[End, End]:
    one, two = End(port, "one", "to/one", mqtt=mqtt), End(port, "two", "to/two", mqtt=mqtt)
    one.until(lambda: one.link.up and two.link.up, two)
    return one, two


@pytest.mark.parametrize("mqtt", ["5", "3.1.1"])
def test_a_message_goes_over(broker: Mosquitto, mqtt: str) -> None:
    one, two = pair(broker.port, mqtt)
    assert one.link.publish("to/two", b"hello")
    two.until(lambda: two.got == [("to/two", b"hello")], one)


def test_the_line_is_without_delay(broker: Mosquitto) -> None:
    one, _ = pair(broker.port)
    assert one.link.plug is not None
    assert one.link.plug.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_nothing_is_kept_for_later_without_a_broker() -> None:
    one = End(free_port(), "one", "to/one")
    one.link.run(0.01)
    assert not one.link.publish("to/one", b"lost")
    assert not one.link.up
    assert one.told == []


def test_a_broker_that_was_killed_is_found_again_and_nothing_old_is_said(broker: Mosquitto) -> None:
    one, two = pair(broker.port)
    broker.kill()
    one.until(lambda: not one.link.up and not two.link.up, two)
    assert not one.link.publish("to/two", b"never")
    broker.start()
    one.until(lambda: one.link.up and two.link.up, two)
    assert one.link.publish("to/two", b"again")
    two.until(lambda: bool(two.got), one)
    assert two.got == [("to/two", b"again")]
    assert one.told == ["up", "down", "up"]
    assert one.link.counts.lost == 1


def test_waits_between_attempts_grow(broker: Mosquitto) -> None:
    broker.kill()
    one = End(broker.port, "one", "to/one")
    times = []
    for _ in range(4):
        one.link.run(0.0)
        times.append(one.link._try_at - one.link._clock())
        one.skipped += 60
    assert [round(wait, 1) for wait in times] == [0.2, 0.4, 0.6, 0.8]  # half of what it is at most, with no luck


def test_what_is_too_large_is_dropped_and_counted(broker: Mosquitto) -> None:
    one, two = pair(broker.port, "3.1.1")  # a broker of MQTT 5 would not even hand it over
    one.link.publish("to/two", b"x" * (MESSAGE_BYTES_MAX + 1))
    one.link.publish("to/two", b"small")
    two.until(lambda: bool(two.got), one)
    assert two.got == [("to/two", b"small")]
    assert two.link.counts.oversize == 1


@pytest.mark.parametrize(
    "begun",
    [
        pytest.param(b"\x30\xff\xff\xff\x7f" + bytes(200_000), id="a packet of 256 MB"),
        pytest.param(bytes.fromhex("340a 0006 746f2f6f6e65 0007"), id="a message of QoS 2"),
    ],
)
def test_a_broker_in_wrong_hands_cannot_make_us_gather(begun: bytes) -> None:
    server = socket.create_server(("127.0.0.1", 0))
    one = End(int(server.getsockname()[1]), "one", "to/one", mqtt="3.1.1")
    said = bytes.fromhex("20020000") + bytes.fromhex("9003000101") + begun

    def serve() -> None:
        line, _ = server.accept()
        with line:
            line.recv(100)
            line.sendall(said)
            line.recv(100)

    thread = threading.Thread(target=serve)
    thread.start()
    one.until(lambda: one.link.counts.oversize == 1)
    assert not one.link.up
    thread.join()
    server.close()


def test_an_owner_that_stumbles_loses_no_later_message(broker: Mosquitto) -> None:
    one, two = pair(broker.port)
    two.fail = True
    for word in (b"1", b"2", b"3"):
        one.link.publish("to/two", word)
    two.until(lambda: len(two.got) == 3, one)
    assert two.link.counts.faults == 3
    assert two.link.up


def test_a_line_that_is_torn_is_made_again(proxy: Cable) -> None:
    one, two = pair(proxy.port)
    proxy.reset()
    one.until(lambda: one.told == ["up", "down", "up"] == two.told, two)


def test_a_half_open_line_is_noticed_within_38_seconds(proxy: Cable) -> None:
    one, _ = pair(proxy.port)
    proxy.mode = "silence"
    one.skipped += 37
    one.link.run(0.01)
    assert one.told == ["up"]
    one.skipped += 2
    one.link.run(0.01)
    assert one.told == ["up", "down"]


def test_bytes_one_at_a_time_are_a_message(proxy: Cable) -> None:
    proxy.mode = "split"
    one, two = pair(proxy.port)
    one.link.publish("to/two", b"hello")
    two.until(lambda: two.got == [("to/two", b"hello")], one)


def test_the_broker_speaks_our_will_and_keeps_it(broker: Mosquitto) -> None:
    one = End(broker.port, "one", will=Will("of/one", b"gone"))
    two = End(broker.port, "two", "of/one")
    one.link.subscribe("x")
    one.until(lambda: one.link.up and two.link.up, two)
    assert one.link.plug is not None
    one.link.plug.shutdown(socket.SHUT_RDWR)
    two.until(lambda: two.got == [("of/one", b"gone")])
    three = End(broker.port, "three", "of/one")
    three.until(lambda: three.got == [("of/one", b"gone")])


def test_who_takes_leave_has_no_will(broker: Mosquitto) -> None:
    one = End(broker.port, "one", "x", will=Will("of/one", b"gone"))
    two = End(broker.port, "two", "of/one", "to/two")
    one.until(lambda: one.link.up and two.link.up, two)
    one.link.close()
    assert two.link.publish("to/two", b"after")
    two.until(lambda: bool(two.got))
    assert two.got == [("to/two", b"after")]


def test_topics_come_and_go(broker: Mosquitto) -> None:
    one, two = pair(broker.port)
    two.link.subscribe("blob/1")
    two.link.unsubscribe("to/two")
    end = time.monotonic() + PATIENCE_SECONDS
    while not two.got and time.monotonic() < end:  # until the broker knows of it
        one.link.publish("to/two", b"no more")
        one.link.publish("blob/1", b"chunk")
        for side in (one, two):
            side.link.run(0.01)
    two.until(lambda: two.got[-1:] == [("blob/1", b"chunk")], one)


def test_a_socket_of_the_owner_ends_the_wait(broker: Mosquitto) -> None:
    one, _ = pair(broker.port)
    near, far = socket.socketpair()
    far.send(b"!")
    one.link.run(3600.0, [near])  # comes back at once, or this test never ends
    assert near.recv(1) == b"!"
    near.close()
    far.close()


def test_a_write_that_fails_outside_of_the_loop_is_a_lost_line(broker: Mosquitto) -> None:
    one, _ = pair(broker.port)
    broker.kill()
    tries = 0
    while one.link.publish("to/two", b"x" * 1000):  # until the kernel says that nobody is there
        tries += 1
        assert tries < 10_000
    assert not one.link.up
    broker.start()
    one.until(lambda: one.told == ["up", "down", "up"])


def test_a_topic_of_the_middle_of_a_greeting_is_listened_to(broker: Mosquitto) -> None:
    one, two = End(broker.port, "one", "to/one"), End(broker.port, "two", "to/two")
    two.until(lambda: two.link.up)
    one.until(lambda: one.link._subscribed is not None)
    assert not one.link.up
    one.link.subscribe("blob/1")
    one.until(lambda: one.link.up, two)
    assert two.link.publish("blob/1", b"chunk")
    one.until(lambda: one.got == [("blob/1", b"chunk")], two)


def test_a_subscription_that_is_refused_is_no_connection() -> None:
    with socket.create_server(("127.0.0.1", 0)) as broker:
        one = End(broker.getsockname()[1], "one", "to/one", mqtt="3.1.1")
        one.link.run(0.01)
        plug, _ = broker.accept()
        plug.recv(1000)
        plug.sendall(b"\x20\x02\x00\x00")  # CONNACK
        one.until(lambda: one.link._subscribed is not None)
        asked = plug.recv(1000)
        plug.sendall(b"\x90\x03" + asked[2:4] + b"\x80")  # SUBACK of that packet: failure
        one.until(lambda: one.link._client is None)
        assert one.told == []
        plug.close()


def test_waits_have_jitter() -> None:
    waits = []
    for luck in (0.0, 0.5, 0.99):
        one = End(free_port(), "one")
        one.link._random = iter([luck]).__next__
        one.link.run(0.0)
        waits.append(round(one.link._try_at - one.link._clock(), 2))
    assert waits == pytest.approx([0.25, 0.5, 0.75], abs=0.03)


def test_a_full_inbox_drops_and_counts(broker: Mosquitto, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sync.link.INBOX_MAX", 3)
    one, two = pair(broker.port)
    for number in range(10):
        assert one.link.publish("to/two", bytes([number]))
    client = two.link._client
    assert client is not None
    while two.link.counts.overflow < 7:  # what came is not handed over meanwhile
        client.loop_read(1)
    assert len(two.link._inbox) == 3
    two.until(lambda: len(two.got) == 3)


def test_a_packet_without_end_is_cut_off(tmp_path: Path) -> None:
    """A broker that announces 200 MB is left before they have come."""
    with socket.create_server(("127.0.0.1", 0)) as liar:
        one = End(liar.getsockname()[1], "one", "to/one", mqtt="3.1.1")
        one.link.run(0.01)
        plug, _ = liar.accept()
        plug.recv(1000)
        plug.sendall(b"\x20\x02\x00\x00" + b"\x30\x80\x80\x80\x64" + b"\x00\x06to/one" + bytes(2000))
        one.until(lambda: one.link._client is None)
        assert one.told == []
        plug.close()
