"""Asking the office over HTTPS: one POST, to whom the pinned authority signed and to nobody else."""

from __future__ import annotations

import http.client
from pathlib import Path

from kiosk.faults import YizhanError
from sync.enrolment import ANSWER_BYTES_MAX, Place
from sync.tls import Credentials, TlsError

SECONDS = 15.0


class NotAnswered(YizhanError):
    """The office could not be reached, or its answer was lost: asking again is safe."""

    code = "enrol.unreachable"
    retry = True


class Declined(YizhanError):
    """The office said no; its code says why."""

    code = "enrol.declined"


def ask(place: Place, authority: Path, request: bytes) -> bytes:
    """Return the office's answer. Raises ``NotAnswered`` or ``Declined``."""
    try:
        line = http.client.HTTPSConnection(
            place.host, place.port, timeout=SECONDS, context=Credentials(authority).context()
        )
        try:
            line.request("POST", "/enrol", request, {"Content-Type": "application/octet-stream"})
            response = line.getresponse()
            body = response.read(ANSWER_BYTES_MAX + 1)
        finally:
            line.close()
    except (OSError, TlsError, http.client.HTTPException) as error:
        raise NotAnswered(f"the office at {place.host}:{place.port} did not answer ({error}); try again") from error
    if response.status != http.client.OK:
        said = "".join(char for char in body[:40].decode("ascii", "replace") if char.isprintable())
        raise Declined(f"the office says no: {said or response.status}; docs/errors.md says what to do")
    return body
