"""The link over TLS, against the shipped configuration's kind of listener."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kiosk.demo.processes import answers, free_port
from office.rendering import OFFICE_MAY, configuration, password_line, stations_may
from sync import link as module
from sync.address import Address, wait
from sync.certificates import new_authority, request_of, revocation_list, server_certificate, station_certificate
from sync.curve import new_key
from sync.link import Link
from sync.tls import Credentials
from sync.topics import topic

NOW = datetime.now(UTC)
ONE = "50019900100101"
PATIENCE_SECONDS = 20.0


@dataclass
class Broker:
    """Mosquitto with the configuration that ``office init`` renders."""

    root: Path

    def __post_init__(self) -> None:
        files, more = self.root / "broker", self.root / "broker.d"
        files.mkdir()
        more.mkdir()
        own, key = new_authority(new_key(b"a" * 48), "office", NOW, b"a" * 16), new_key(b"s" * 48)
        tls = new_key(b"t" * 48)
        certificate = station_certificate(own, request_of(tls, ONE), ONE, 1, NOW, b"c" * 16)
        for name, data in {
            "authority.pem": own.certificate,
            "server.pem": server_certificate(own, key, ["127.0.0.1"], NOW, b"b" * 16),
            "server.key": key,
            "revoked.pem": revocation_list(own, (), NOW),
            "stations.acl": stations_may([(ONE, 1)]).encode(),
            "office.acl": OFFICE_MAY.encode(),
            "office.password": password_line("secret", b"salt" * 3).encode(),
            "tls.pem": certificate + tls,
        }.items():
            path = files / name
            path.write_bytes(data)
            path.chmod(0o600)
        self.files, self.near, self.far = files, free_port(), free_port()
        file = self.root / "mosquitto.conf"
        file.write_text(
            configuration(
                user=pwd.getpwuid(os.getuid()).pw_name, files=files, additions=more, office_port=self.near,
                stations_port=self.far, everywhere=False, stations_max=10,
            )
        )  # fmt: skip
        program = shutil.which("mosquitto") or "/usr/sbin/mosquitto"
        self.process = subprocess.Popen([program, "-c", str(file)])
        until(lambda: answers(self.far))

    def station(self, authority: Path | None = None, host: str = "127.0.0.1") -> End:
        tls = Credentials(authority or self.files / "authority.pem", self.files / "tls.pem")
        return End(Address(host, self.far, ONE, tls=tls), topic(ONE, "down"))

    def office(self) -> End:
        return End(Address("127.0.0.1", self.near, "office-1", "5", "office", "secret"), "yizhan/+/+/up")


class End:
    def __init__(self, address: Address, *topics: str) -> None:
        self.got: list[tuple[str, bytes]] = []
        self.link = Link(
            address=address, subscriptions=topics, take=lambda name, data: self.got.append((name, data)),
            came=lambda: None, went=lambda _: None, clock=time.monotonic, random=lambda: 0.0,
        )  # fmt: skip


def until(condition: Callable[[], bool], *ends: End) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < end
        for one in ends:
            one.link.run(0.01)


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Broker]:
    made = Broker(tmp_path)
    yield made
    made.process.kill()
    made.process.wait()


def test_messages_go_both_ways_without_delay(broker: Broker) -> None:
    station, office = broker.station(), broker.office()
    until(lambda: station.link.up and office.link.up, station, office)
    plug = station.link.plug
    assert isinstance(plug, ssl.SSLSocket)
    assert plug.version() in ("TLSv1.2", "TLSv1.3")
    assert plug.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
    for number in range(300):
        assert station.link.publish(topic(ONE, "up"), number.to_bytes(2, "big") + bytes(3000))
        assert office.link.publish(topic(ONE, "down"), number.to_bytes(2, "big") + bytes(3000))
    until(lambda: len(station.got) == len(office.got) == 300, station, office)
    for end in (station, office):
        assert [data[:2] for _, data in end.got] == [number.to_bytes(2, "big") for number in range(300)]
        end.link.close()


def test_many_small_messages_in_one_record_are_all_taken(broker: Broker) -> None:
    station, office = broker.station(), broker.office()
    until(lambda: station.link.up and office.link.up, station, office)
    for number in range(90):
        office.link.publish(topic(ONE, "down"), bytes([number]))
    until(lambda: len(station.got) == 90, station, office)


def test_what_tls_has_deciphered_already_is_waited_for_no_longer(broker: Broker) -> None:
    tls = Credentials(broker.files / "authority.pem", broker.files / "tls.pem")
    plain = socket.create_connection(("127.0.0.1", broker.far), timeout=PATIENCE_SECONDS)
    with tls.context().wrap_socket(plain, server_hostname="127.0.0.1") as line:
        line.sendall(bytes.fromhex("101000044d5154540402003c000461626364"))
        assert line.recv(1) == b"\x20"  # the first byte of the broker's answer; the rest is deciphered and waits
        assert line.pending() == 3
        assert wait(line, (), 3600.0) == (True, False)  # at once, or this test never ends


def test_another_authority_or_name_is_no_broker_of_ours(broker: Broker, tmp_path: Path) -> None:
    other = tmp_path / "other.pem"
    other.write_bytes(new_authority(new_key(b"x" * 48), "office", NOW, b"x" * 16).certificate)
    for station in (broker.station(other), broker.station(host="localhost"), broker.station(tmp_path / "none.pem")):
        for _ in range(20):
            station.link.run(0.01)
        assert not station.link.up


def test_a_port_that_says_nothing_holds_the_loop_up_no_longer_than_a_connection_may(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "CONNECT_SECONDS", 0.3)
    silent = socket.create_server(("127.0.0.1", 0))
    own = new_authority(new_key(b"a" * 48), "office", NOW, b"a" * 16)
    (tmp_path / "authority.pem").write_bytes(own.certificate)
    address = Address("127.0.0.1", silent.getsockname()[1], ONE, tls=Credentials(tmp_path / "authority.pem"))
    station = End(address, "x")
    station.link.run(0.0)  # comes back, or this test never ends
    assert not station.link.up
    assert station.link._tries == 1
    silent.close()
