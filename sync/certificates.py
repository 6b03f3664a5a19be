"""X.509: the office's own authority, the broker's certificate, the stations', and the list of those taken back.

ECDSA on P-256 with SHA-256: every broker and every TLS library knows it; the keys of frames and cards stay Ed25519. A
station's certificate has its 14 digits and its life as common name, so that a life that was revoked has another name
than the one that followed it. Pure: time, serial numbers and the seeds of keys come in.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from sync.curve import CertificateError, der_of, private_of
from sync.topics import line_name

SERIAL_SIZE = 16
VALID = timedelta(days=3653)  # ten years; the authority outlives what it signs
AUTHORITY_VALID = 3 * VALID
EARLIER = timedelta(days=2)  # so that a clock a little behind ours finds it valid
REQUEST_BYTES_MAX = 2048


@dataclass(frozen=True, slots=True)
class Authority:
    """The office's own authority: certificate and key, each as PEM."""

    certificate: bytes
    key: bytes

    def __repr__(self) -> str:
        return "Authority(…)"


def new_authority(key: bytes, name: str, now: datetime, serial: bytes) -> Authority:
    """Return an authority that signs itself. ``serial`` is 16 random bytes, as everywhere here."""
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    public = private_of(key).public_key()
    made = _builder(subject, subject, public, now, AUTHORITY_VALID, serial)
    made = made.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    made = made.add_extension(_usage(authority=True), critical=True)
    return Authority(made.sign(private_of(key), SHA256()).public_bytes(Encoding.PEM), key)


def server_certificate(authority: Authority, key: bytes, hosts: Iterable[str], now: datetime, serial: bytes) -> bytes:
    """Return the certificate of broker and enrolment, PEM, for names and addresses. Raises ``CertificateError``."""
    names = [_host(host) for host in hosts]
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "yizhan office")])
    made = _builder(subject, _subject(authority), private_of(key).public_key(), now, VALID, serial)
    made = made.add_extension(x509.SubjectAlternativeName(names), critical=False)
    return _finished(made, authority, ExtendedKeyUsageOID.SERVER_AUTH)


def station_certificate(
    authority: Authority, request: bytes, station: str, epoch: int, now: datetime, serial: bytes
) -> bytes:
    """Return the certificate of one life of a station, PEM. Raises ``CertificateError`` for a request that is none.

    Nothing but the key is taken from the request: name and life are the caller's.
    """
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, line_name(station, epoch))])
    made = _builder(subject, _subject(authority), _asked(request), now, VALID, serial)
    return _finished(made, authority, ExtendedKeyUsageOID.CLIENT_AUTH)


def request_of(key: bytes, station: str) -> bytes:
    """Return a station's request for a certificate (PKCS#10), DER, signed with its own key."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, station)])
    made = x509.CertificateSigningRequestBuilder().subject_name(name)
    return made.sign(private_of(key), SHA256()).public_bytes(Encoding.DER)


def requested_key(request: bytes) -> bytes:
    """Return the key that a request is for, as DER. Raises ``CertificateError``."""
    return der_of(_asked(request))


def revocation_list(authority: Authority, revoked: Iterable[tuple[int, datetime]], now: datetime) -> bytes:
    """Return the list of serial numbers taken back, PEM. It lasts long: an old list must not lock everybody out.

    Nor must a list of the future, when a clock is set back: it is dated like the authority itself.
    """
    own = x509.load_pem_x509_certificate(authority.certificate)
    start = min(own.not_valid_before_utc, now.astimezone(UTC) - EARLIER)
    made = x509.CertificateRevocationListBuilder().issuer_name(own.subject)
    made = made.last_update(start).next_update(now + AUTHORITY_VALID)
    for serial, at in revoked:
        entry = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(at)
        made = made.add_revoked_certificate(entry.build())
    return made.sign(private_of(authority.key), SHA256()).public_bytes(Encoding.PEM)


def _builder(
    subject: x509.Name,
    issuer: x509.Name,
    public: EllipticCurvePublicKey,
    now: datetime,
    valid: timedelta,
    serial: bytes,
) -> x509.CertificateBuilder:
    start = now.astimezone(UTC) - EARLIER
    made = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(public)
    number = int.from_bytes(serial[:SERIAL_SIZE], "big") >> 1 or 1  # RFC 5280: positive, at most 20 bytes
    made = made.serial_number(number).not_valid_before(start).not_valid_after(start + valid)
    return made.add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)


def _finished(made: x509.CertificateBuilder, authority: Authority, purpose: x509.ObjectIdentifier) -> bytes:
    issuer = private_of(authority.key)
    identifier = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.public_key())
    made = made.add_extension(identifier, critical=False)
    made = made.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    made = made.add_extension(_usage(authority=False), critical=True)
    made = made.add_extension(x509.ExtendedKeyUsage([purpose]), critical=False)
    return made.sign(issuer, SHA256()).public_bytes(Encoding.PEM)


def _usage(*, authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not authority, key_cert_sign=authority, crl_sign=authority,
        content_commitment=False, key_encipherment=False, data_encipherment=False, key_agreement=False,
        encipher_only=False, decipher_only=False,
    )  # fmt: skip


def _asked(data: bytes) -> EllipticCurvePublicKey:
    if len(data) > REQUEST_BYTES_MAX:
        raise CertificateError(f"a request has at most {REQUEST_BYTES_MAX} bytes")
    try:
        request = x509.load_der_x509_csr(data)
        public, sound = request.public_key(), request.is_signature_valid
    except Exception as error:
        raise CertificateError(f"not a request for a certificate: {error}") from error
    der_of(public)
    if not isinstance(public, EllipticCurvePublicKey) or not sound:
        raise CertificateError("the request is not signed with its own key")
    return public


def _host(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(host))
    except ValueError:
        pass
    try:
        return x509.DNSName(host)
    except ValueError as error:
        raise CertificateError(f"{host}: not a name or address of a machine: {error}") from error


def _subject(authority: Authority) -> x509.Name:
    return x509.load_pem_x509_certificate(authority.certificate).subject
