"""The authority, what it signs, and what a station believes of it, whatever its clock says."""

from __future__ import annotations

import socket
import ssl
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509

from sync.certificate_reading import hosts_of, read_station_certificate, revoked_in
from sync.certificates import (
    VALID,
    Authority,
    new_authority,
    request_of,
    requested_key,
    revocation_list,
    server_certificate,
    station_certificate,
)
from sync.curve import CertificateError, new_key, public_of
from sync.identity import SigningKey
from sync.sealing import BoxError, box_public, seal, unseal
from sync.tls import Credentials, TlsError, server_context

NOW = datetime(2026, 11, 24, 6, tzinfo=UTC)
STATION = "50019900100101"
KEY, OTHER = new_key(b"k" * 48), new_key(b"o" * 48)


def authority(at: datetime = NOW, seed: bytes = b"a") -> Authority:
    return new_authority(new_key(seed * 48), "yizhan office", at, seed * 16)


def issued(own: Authority, epoch: int = 1) -> bytes:
    return station_certificate(own, request_of(KEY, STATION), STATION, epoch, NOW, b"s" * 16)


def test_a_key_is_what_its_seed_makes_it() -> None:
    assert new_key(b"k" * 48) == KEY != OTHER
    with pytest.raises(ValueError, match="48"):
        new_key(b"short")


def test_a_certificate_says_which_life_of_which_station_and_for_ten_years() -> None:
    own = authority()
    said = read_station_certificate(issued(own, 7), own.certificate)
    assert "CN=50019900100101-7" in x509.load_pem_x509_certificate(issued(own, 7)).subject.rfc4514_string()
    assert (said.station, said.epoch, said.public) == (STATION, 7, public_of(KEY))
    assert said.expires - NOW > timedelta(days=3650)
    assert said.expires - NOW < VALID
    assert said.serial == int.from_bytes(b"s" * 16, "big") >> 1


def test_name_and_life_are_the_offices_whatever_the_request_says() -> None:
    own = authority()
    pem = station_certificate(own, request_of(KEY, "office"), STATION, 1, NOW, b"s" * 16)
    assert read_station_certificate(pem, own.certificate).station == STATION


def test_another_authority_is_not_believed() -> None:
    with pytest.raises(CertificateError):
        read_station_certificate(issued(authority(seed=b"x")), authority().certificate)
    with pytest.raises(CertificateError):
        read_station_certificate(b"-----BEGIN CERTIFICATE-----\n", authority().certificate)
    with pytest.raises(CertificateError, match="4096"):
        read_station_certificate(bytes(5000), authority().certificate)


@pytest.mark.parametrize("change", [0, 40, 100, 150, -1, -20])
def test_a_request_that_was_changed_is_none(change: int) -> None:
    data = bytearray(request_of(KEY, STATION))
    data[change] ^= 1
    try:
        public = requested_key(bytes(data))
    except CertificateError:
        return
    assert public == public_of(KEY)  # a byte that says the same


@pytest.mark.parametrize("data", [b"", b"x" * 100, bytes(3000), SigningKey(1, b"k" * 32).public])
def test_what_is_no_request_is_said_to_be_none(data: bytes) -> None:
    with pytest.raises(CertificateError):
        requested_key(data)


def test_the_list_names_who_was_taken_back() -> None:
    own = authority()
    assert revoked_in(revocation_list(own, (), NOW)) == set()
    assert revoked_in(revocation_list(own, [(5, NOW), (2**120, NOW)], NOW)) == {5, 2**120}
    with pytest.raises(CertificateError):
        revoked_in(b"nothing")


def test_a_servers_names() -> None:
    own = authority()
    pem = server_certificate(own, KEY, ["office.example", "127.0.0.1", "::1"], NOW, b"s" * 16)
    assert hosts_of(pem) == {"office.example", "127.0.0.1", "::1"}
    with pytest.raises(CertificateError):
        server_certificate(own, KEY, ["总站"], NOW, b"s" * 16)


def shake(root: Path, at: datetime, host: str, *, signer: bytes = b"a", believed: bytes = b"a") -> str:
    """A real handshake with a server whose certificates were made at some time; return what the station says."""
    own = authority(at, signer)
    (root / "server.pem").write_bytes(server_certificate(own, KEY, ["127.0.0.1", "office.example"], at, b"s" * 16))
    (root / "server.key").write_bytes(KEY)
    (root / "authority.pem").write_bytes(authority(at, believed).certificate)
    near, far = socket.socketpair()
    for plug in (near, far):
        plug.settimeout(20)
    context = server_context(root / "server.pem", root / "server.key")

    def serve() -> None:
        try:
            with context.wrap_socket(far, server_side=True) as line:
                line.sendall(b"hello")
        except OSError:
            far.close()

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        with Credentials(root / "authority.pem").context().wrap_socket(near, server_hostname=host) as line:
            return line.recv(5).decode()
    except ssl.SSLCertVerificationError as error:
        near.close()
        return error.verify_message
    finally:
        thread.join()


@pytest.mark.parametrize("years", [-60, -40, 0, 20, 56], ids=lambda years: f"made {years} years from now")
def test_a_clock_that_stands_anywhere_is_no_reason_to_refuse(tmp_path: Path, years: int) -> None:
    """What a clock at 1970, or twenty years ahead, sees: certificates of long after, or of long before."""
    at = datetime.now(UTC) + timedelta(days=365 * years)
    assert shake(tmp_path, at, "127.0.0.1") == "hello"
    assert shake(tmp_path, at, "office.example") == "hello"


@pytest.mark.parametrize("years", [-60, 0, 56])
def test_the_name_and_the_authority_are_judged_all_the_same(tmp_path: Path, years: int) -> None:
    at = datetime.now(UTC) + timedelta(days=365 * years)
    assert "mismatch" in shake(tmp_path, at, "127.0.0.2")
    assert "mismatch" in shake(tmp_path, at, "other.example")
    assert shake(tmp_path, at, "127.0.0.1", signer=b"x") not in ("hello", "")


def test_files_that_are_no_certificates_are_said(tmp_path: Path) -> None:
    with pytest.raises(TlsError, match="authority"):
        Credentials(tmp_path / "authority.pem").context()
    (tmp_path / "server.pem").write_text("x")
    with pytest.raises(TlsError, match="server"):
        server_context(tmp_path / "server.pem", tmp_path / "server.pem")


def test_a_box_opens_for_one_key_and_one_purpose() -> None:
    box = seal(b"secret", box_public(b"r" * 32), b"e" * 32, b"for one")
    assert unseal(box, b"r" * 32, b"for one") == b"secret"
    for bad, seed, context in (
        (box, b"x" * 32, b"for one"),
        (box, b"r" * 32, b"for two"),
        (box[:-1], b"r" * 32, b"for one"),
        (box[:40], b"r" * 32, b"for one"),
        (b"", b"r" * 32, b"for one"),
        (bytes(80), b"r" * 32, b"for one"),
    ):
        with pytest.raises(BoxError):
            unseal(bad, seed, context)
    with pytest.raises(BoxError):
        seal(b"secret", bytes(32), b"e" * 32, b"")  # a point of small order: the shared key would be zero
    with pytest.raises(BoxError):
        seal(b"secret", b"short", b"e" * 32, b"")


def test_a_clock_that_is_set_back_finds_the_list_good() -> None:
    own = authority()
    later = NOW + timedelta(days=300)
    made = x509.load_pem_x509_crl(revocation_list(own, [(5, later)], later))
    assert made.last_update_utc == x509.load_pem_x509_certificate(own.certificate).not_valid_before_utc
    assert made.next_update_utc is not None
    assert made.next_update_utc > later + timedelta(days=10_000)
