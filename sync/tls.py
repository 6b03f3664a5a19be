"""TLS for both ends: 1.2 or newer, and nobody is believed but whom the office's own authority signed.

A station checks name and authority and never the dates: its clock may stand at 1970, and a certificate is taken back by
a list and not by the time.
"""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from pathlib import Path

NO_CHECK_TIME = 0x200000
"""``X509_V_FLAG_NO_CHECK_TIME`` of OpenSSL's x509_vfy.h; the ssl module has no name for it."""


class TlsError(OSError):
    """A certificate or key that cannot be used."""


@dataclass(frozen=True, slots=True)
class Credentials:
    """Files as PEM: the authority that is believed, and the own certificate with its key behind it, if there is one."""

    authority: Path
    own: Path | None = None

    def context(self) -> ssl.SSLContext:
        """Return what a client needs, read anew: a renewed certificate counts from the next connection on.

        Raises ``TlsError``.
        """
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # demands a certificate and checks its name
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        context.verify_flags |= ssl.VerifyFlags(NO_CHECK_TIME)
        try:
            context.load_verify_locations(cafile=self.authority)
            if self.own is not None:
                context.load_cert_chain(self.own)
        except (OSError, ssl.SSLError) as error:
            raise TlsError(f"{self.own or self.authority}: no certificate that can be used: {error}") from error
        return context


def server_context(certificate: Path, key: Path) -> ssl.SSLContext:
    """Return what a server needs that asks for no certificate of the client. Raises ``TlsError``."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    try:
        context.load_cert_chain(certificate, key)
    except (OSError, ssl.SSLError) as error:
        raise TlsError(f"{certificate}: no certificate that can be used: {error}") from error
    return context
