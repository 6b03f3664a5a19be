"""Who gets a line at all: a certificate of this office that was not taken back, over TLS 1.2 or newer."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sync.certificates import new_authority, request_of, station_certificate
from sync.curve import new_key
from sync.tls import NO_CHECK_TIME, Credentials
from sync.topics import topic
from tests.attack.arena import MALLORY, Arena, Captured
from tests.attack.intruder import NOT_AUTHORIZED, Intruder, is_closed, raw_line
from tests.support.enrolled import wait
from tests.support.station import STATION

ROBBED = "50019900100104"
HELLO = bytes.fromhex("101000044d5154540402003c000461626364")  # MQTT 3.1.1: CONNECT as "abcd"
NOW = datetime(2026, 11, 24, tzinfo=UTC)


def forged(root: Path, station: str) -> Path:
    """A certificate that says what an honest one does, of an authority of the intruder's own."""
    key = new_key(b"k" * 48)
    authority = new_authority(new_key(b"a" * 48), "yizhan office", NOW, b"s" * 16)
    path = root / "forged.pem"
    path.write_bytes(station_certificate(authority, request_of(key, station), station, 1, NOW, b"t" * 16) + key)
    return path


def test_another_authority_no_certificate_and_no_name_are_turned_away(arena: Arena, tmp_path: Path) -> None:
    port, authority = arena.town.stations_port, arena.mallory.folder.authority
    for own in (forged(tmp_path, STATION), None):
        assert not Intruder(port, Credentials(authority, own).context(), STATION).up
    assert not Intruder(arena.town.broker_port, None, STATION).up
    assert not Intruder(arena.town.broker_port, None, "office", user="office", password="office").up
    assert not Intruder(arena.town.broker_port, None, STATION, user=STATION).up
    arena.in_step()


def test_an_old_tls_and_plain_text_are_turned_away(arena: Arena) -> None:
    for newest in (ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1):
        context = arena.mallory.credentials.context()
        context.set_ciphers("ALL:@SECLEVEL=0")
        with pytest.warns(DeprecationWarning, match="TLSVersion"):
            context.minimum_version = context.maximum_version = newest
        with pytest.raises(ssl.SSLError, match=r"(?i)protocol.version|unsupported.protocol|no.protocols"):
            raw_line(arena.town.stations_port, context)
    plug = raw_line(arena.town.stations_port, None)
    plug.sendall(HELLO)
    assert is_closed(plug)
    plug.close()
    arena.in_step()


def test_a_station_believes_no_other_server(arena: Arena, tmp_path: Path) -> None:
    """The honest station's own context against a server with another authority's certificate, or another name."""
    context = Credentials(arena.honest.folder.authority, arena.honest.folder.tls).context()
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname
    assert context.verify_flags & NO_CHECK_TIME
    with raw_line(arena.town.stations_port, context) as line:
        assert isinstance(line, ssl.SSLSocket)
        assert line.version() in ("TLSv1.2", "TLSv1.3")
    other = raw_line(arena.town.stations_port, None)
    with pytest.raises(ssl.SSLCertVerificationError, match=r"mismatch|not valid"):
        context.wrap_socket(other, server_hostname="office.example")


def test_who_was_taken_back_is_deaf_and_dumb_at_once_and_comes_in_no_more(arena: Arena) -> None:
    line = Intruder(arena.town.stations_port, arena.mallory.credentials.context())
    assert line.up
    line.subscribe(topic(MALLORY, "down"))
    arena.town.office("grant", "陈桂芳", "1", "--reason", "x")
    arena.town.office("revoke", MALLORY, "--epoch", "1")
    certificates = "SELECT count(*) FROM books_certificate WHERE station_id = ? AND revoked_at IS NOT NULL"
    assert arena.one(certificates, MALLORY) == 1

    def dumb() -> bool:
        return not line.up or line.answered(line.publish(topic(MALLORY, "want"), b"x")) == NOT_AUTHORIZED

    wait(dumb, "the broker to take the list in")
    line.got.clear()
    arena.redeem()
    arena.in_step()
    assert line.got == []
    line.close()
    assert not Intruder(arena.town.stations_port, arena.mallory.credentials.context()).up
    assert "revoked" not in arena.town.office("stations")
    arena.town.broker.stop()
    arena.town.broker.start()  # the list is read at every start
    assert not Intruder(arena.town.stations_port, arena.mallory.credentials.context()).up
    arena.redeem()
    arena.in_step()
    arena.nothing_but_the_honest()


@pytest.mark.proof
def test_a_thiefs_standing_line_stays_deaf_and_dumb_when_the_replacement_is_enrolled(arena: Arena) -> None:
    lines: list[Intruder] = []
    stolen = arena.enrol(ROBBED)

    def comes_in(own: Captured) -> bool:
        one = Intruder(arena.town.stations_port, own.credentials.context())
        lines.append(one)
        return one.up and one.answered(one.publish(topic(ROBBED, "want"), b"x")) in (0, 16)

    wait(lambda: comes_in(stolen), "the broker to let the station in")
    line = lines[-1]
    line.subscribe(topic(ROBBED, "down"), f"yizhan/{ROBBED[:6]}/blob/#")
    arena.town.office("revoke", ROBBED, "--epoch", "1")

    def dumb() -> bool:
        return not line.up or line.answered(line.publish(topic(ROBBED, "want"), b"x")) == NOT_AUTHORIZED

    wait(dumb, "the broker to take the list in")
    line.got.clear()
    replacement = arena.enrol(ROBBED, 2)
    wait(lambda: comes_in(replacement), "the broker to let the replacement in")
    fresh = lines[-1]
    fresh.subscribe(topic(ROBBED, "down"))
    arena.redeem()
    arena.in_step()
    fresh.wait(lambda: bool(fresh.got))  # what the office says to the new life
    assert dumb()
    assert line.got == []
    for end in lines:
        end.close()
