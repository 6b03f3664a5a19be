"""What certificates and lists of revoked ones say. Nothing that comes in is trusted before its signature is checked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.x509.oid import NameOID

from sync.curve import CertificateError, der_of
from sync.topics import parse_line_name

CERTIFICATE_BYTES_MAX = 4096


@dataclass(frozen=True, slots=True)
class StationCertificate:
    """Which life of which station, and until when. ``public`` is the key as DER."""

    station: str
    epoch: int
    serial: int
    expires: datetime
    public: bytes


def read_station_certificate(data: bytes, authority: bytes) -> StationCertificate:
    """Return what a station's certificate says, if the authority of that certificate (PEM) signed it.

    The dates are not judged: a station may not know the time. Raises ``CertificateError``.
    """
    if len(data) > CERTIFICATE_BYTES_MAX:
        raise CertificateError(f"a certificate has at most {CERTIFICATE_BYTES_MAX} bytes")
    try:
        found = x509.load_pem_x509_certificate(data)
        found.verify_directly_issued_by(x509.load_pem_x509_certificate(authority))
        station, epoch = _life(found)
        return StationCertificate(
            station, epoch, found.serial_number, found.not_valid_after_utc, der_of(found.public_key())
        )
    except (ValueError, TypeError, IndexError, InvalidSignature) as error:
        raise CertificateError(f"not a certificate of this office for a station: {error}") from error


def revoked_in(data: bytes) -> set[int]:
    """Return the serial numbers of a list. Raises ``CertificateError``."""
    try:
        return {entry.serial_number for entry in x509.load_pem_x509_crl(data)}
    except ValueError as error:
        raise CertificateError(f"not a list of revoked certificates: {error}") from error


def hosts_of(data: bytes) -> set[str]:
    """Return the names and addresses in a server's certificate. Raises ``CertificateError``."""
    try:
        found = x509.load_pem_x509_certificate(data).extensions
        names = found.get_extension_for_class(x509.SubjectAlternativeName).value
    except (ValueError, x509.ExtensionNotFound) as error:
        raise CertificateError(f"not a certificate of a server: {error}") from error
    return {str(name.value) for name in names}


def _life(certificate: x509.Certificate) -> tuple[str, int]:
    name = str(certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value)
    life = parse_line_name(name)
    if life is None:
        raise ValueError(f"{name}: not the name of a life of a station")
    return life
