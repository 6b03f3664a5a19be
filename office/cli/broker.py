"""The authority, the broker's certificate and its files: made where they are missing, else brought up to date."""

from __future__ import annotations

import os
import pwd
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from config.link import is_this_machine
from config.office import OfficeSettings
from office.durable import replace
from office.faults import BadHost
from office.home import Home
from office.rendering import OFFICE_MAY, configuration, password_line, stations_may
from office.system import System
from sync.certificate_reading import hosts_of
from sync.certificates import SERIAL_SIZE, Authority, new_authority, revocation_list, server_certificate
from sync.curve import SEED_SIZE, CertificateError, new_key
from sync.identity import write_secret

HERE = ("localhost", "127.0.0.1", "::1")
PASSWORD_SIZE, SALT_SIZE = 24, 12


def write_broker(here: Home, settings: OfficeSettings, system: System, hosts: Sequence[str]) -> None:
    """Write everything that mosquitto reads. Keys, password and authority are made once. Raises ``OfficeError``."""
    for folder in (here.secrets, here.broker_files, here.root / "broker.d"):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    now = datetime.fromtimestamp(system.now_ms() / 1000, UTC)
    authority = _authority(here, system, now)
    _server(here, system, authority, now, {*HERE, settings.stations.host, *hosts})
    if not here.revoked.exists():  # the books fill both as soon as there are any
        replace(here.revoked, revocation_list(authority, (), now))
    if not here.stations_may.exists():
        replace(here.stations_may, stations_may(()).encode())
    _password(here, system)
    replace(here.broker_files / "office.acl", OFFICE_MAY.encode())
    text = configuration(
        user=pwd.getpwuid(os.getuid()).pw_name,
        files=here.broker_files.absolute(),
        additions=Path(here.root.absolute(), "broker.d"),
        office_port=settings.broker.port,
        stations_port=settings.stations.broker_port,
        everywhere=not is_this_machine(settings.stations.host),
        stations_max=settings.stations.stations_max,
    )
    replace(here.broker, text.encode())


def _authority(here: Home, system: System, now: datetime) -> Authority:
    if not here.authority_key.exists():
        write_secret(here.authority_key, new_key(system.random_bytes(SEED_SIZE)))
    key = here.authority_key.read_bytes()
    if not here.authority.exists():
        # The name is no secret and no address; a random part keeps two offices apart that trust one another's machines.
        name = f"yizhan office {system.random_bytes(4).hex()}"
        replace(here.authority, new_authority(key, name, now, system.random_bytes(SERIAL_SIZE)).certificate)
    return Authority(here.authority.read_bytes(), key)


def _server(here: Home, system: System, authority: Authority, now: datetime, hosts: set[str]) -> None:
    if not here.server_key.exists():
        write_secret(here.server_key, new_key(system.random_bytes(SEED_SIZE)))
    known = hosts_of(here.server_certificate.read_bytes()) if here.server_certificate.exists() else set()
    if hosts <= known:
        return
    try:
        made = server_certificate(
            authority, here.server_key.read_bytes(), sorted(hosts | known), now, system.random_bytes(SERIAL_SIZE)
        )
    except CertificateError as error:
        raise BadHost(str(error)) from error
    replace(here.server_certificate, made)


def _password(here: Home, system: System) -> None:
    if not here.broker_password.exists():
        write_secret(here.broker_password, system.random_bytes(PASSWORD_SIZE).hex().encode("ascii"))
    hashed = here.broker_files / "office.password"
    if not hashed.exists():
        password = here.broker_password.read_text(encoding="ascii")
        replace(hashed, password_line(password, system.random_bytes(SALT_SIZE)).encode("ascii"))
