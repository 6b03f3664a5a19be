"""The files of mosquitto, as text. Pure.

The broker is a dumb pipe that nobody trusts; what is here keeps stations from each other and bounds what one of them
can cost. Rights are written life by life: ``%u`` cannot say "the county of this user", and a life that is not in the
list, because it was never enrolled or was taken back, can neither write nor read even on a line that stands.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from pathlib import Path

from sync.topics import line_name

OFFICE_USER = "office"
PACKET_BYTES_MAX = 70_000  # a message of 64 KB, its topic and the rest of the packet
MEMORY_BYTES_MAX = 512 * 1024 * 1024
_ROUNDS = 101  # of mosquitto_passwd; the password has 192 bits of its own

CONFIGURATION = """# Mosquitto for this office, written by `office init`, each time anew: additions go into broker.d.
user {user}
per_listener_settings true
pid_file {files}/mosquitto.pid
# The logs remember; the broker need not.
persistence false
persistent_client_expiration 1h
# Without this a small request and its answer wait for each other: 44 ms instead of half a millisecond.
set_tcp_nodelay true
# What one client can cost.
max_packet_size {packet}
max_inflight_messages 100
max_queued_messages 1000
max_queued_bytes 16777216
max_keepalive 120
memory_limit {memory}
sys_interval 0
log_type error
log_type warning

# The office, on this machine, with a password.
listener {office_port} 127.0.0.1
max_connections 16
allow_anonymous false
allow_zero_length_clientid false
password_file {files}/office.password
acl_file {files}/office.acl

# Stations: TLS, a certificate of this office's authority that was not taken back; its name is user and client.
listener {stations_port}{address}
max_connections {stations}
tls_version tlsv1.2
cafile {files}/authority.pem
certfile {files}/server.pem
keyfile {files}/server.key
crlfile {files}/revoked.pem
require_certificate true
use_identity_as_username true
use_username_as_clientid true
allow_anonymous false
allow_zero_length_clientid false
max_qos 1
max_topic_alias 0
acl_file {files}/stations.acl

include_dir {additions}
"""

OFFICE_MAY = f"""user {OFFICE_USER}
topic read yizhan/+/+/up
topic read yizhan/+/+/state
topic read yizhan/+/+/want
topic write yizhan/+/+/down
topic write yizhan/+/blob/#
"""


def configuration(
    *, user: str, files: Path, additions: Path, office_port: int, stations_port: int, everywhere: bool,
    stations_max: int,
) -> str:  # fmt: skip
    """Return ``mosquitto.conf``. Half as many connections again as stations: old lines linger while new ones come."""
    return CONFIGURATION.format(
        user=user,
        files=files,
        additions=additions,
        office_port=office_port,
        stations_port=stations_port,
        address="" if everywhere else " 127.0.0.1",
        stations=stations_max + stations_max // 2,
        packet=PACKET_BYTES_MAX,
        memory=MEMORY_BYTES_MAX,
    )


def stations_may(lives: Iterable[tuple[str, int]]) -> str:
    """Return what each life (station, epoch) may: write its three topics, read its ``down`` and its county's documents.

    mosquitto holds a line that stands against this list and not against the certificates: only lives that may speak are
    in it, each under a name of its own.
    """
    parts = ["# Written by the office whenever a station is enrolled or taken back.\n"]
    for station, epoch in lives:
        county = f"yizhan/{station[:6]}"
        parts.append(f"user {line_name(station, epoch)}\n")
        parts += [f"topic write {county}/{station}/{kind}\n" for kind in ("up", "state", "want")]
        parts += [f"topic read {county}/{station}/down\n", f"topic read {county}/blob/#\n"]
    return "".join(parts)


def password_line(password: str, salt: bytes) -> str:
    """Return the office's line of mosquitto's password file: PBKDF2 with SHA-512, as ``mosquitto_passwd`` writes it."""
    hashed = hashlib.pbkdf2_hmac("sha512", password.encode(), salt, _ROUNDS)
    words = (base64.b64encode(part).decode() for part in (salt, hashed))
    return f"{OFFICE_USER}:$7${_ROUNDS}${'$'.join(words)}\n"
