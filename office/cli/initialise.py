"""``office init``."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from pathlib import Path

from django.core.management import call_command

from config.office import OfficeSettings
from config.reading import read
from office.cli.broker import write_broker
from office.cli.output import say
from office.durable import replace
from office.grants_log import make_grants_log
from office.home import Home, home
from office.setup import setup
from office.system import Machine, System
from sync.fault_points import point
from sync.identity import KEY_SIZE, write_secret

_SETTINGS = """# The office: where its broker and its pages are, and where stations reach it.
[broker]
host = "127.0.0.1"
port = {broker}
mqtt = "5"

[web]
host = "127.0.0.1"
port = {web}

[stations]
host = "{host}"
broker_port = {tls}
enrol_port = {enrol}
"""


def initialise(
    admin: str,
    broker_port: int,
    web_port: int,
    hosts: Sequence[str] = (),
    stations_port: int = 8883,
    enrol_port: int = 8443,
) -> None:
    """Make what is missing; never make a key again. ``hosts`` are names and addresses under which stations reach it."""
    here, system = home(), Machine()
    new = not here.office_key.is_file()
    half = new and (here.authority_key.is_file() or here.pepper_file.is_file())
    here.root.mkdir(parents=True, exist_ok=True)
    here.root.chmod(0o700)
    if not here.settings.exists():
        host = hosts[0] if hosts else "127.0.0.1"
        text = _SETTINGS.format(broker=broker_port, web=web_port, host=host, tls=stations_port, enrol=enrol_port)
        replace(here.settings, text.encode())
    settings = read(here.settings, OfficeSettings)
    write_broker(here, settings, system, hosts)
    point("init.broker")
    _make_keys(here, system)
    if settings.office.grants_log and make_grants_log(Path(settings.office.grants_log)):
        say(f"[green]✓[/] list of grants: {settings.office.grants_log}")
    setup()
    call_command("migrate", verbosity=0, interactive=False)
    point("init.tables")
    what = "a half-made office, completed" if half else "new office" if new else "the office"
    say(f"[green]✓[/] {what} in {here.root}")
    _publish()
    _first_administrator(admin, system)
    there = settings.stations
    say(
        f"  broker: mosquitto -c {here.broker}",
        "  then:   office serve",
        f"  stations reach it at {there.host}: ports {there.broker_port} and {there.enrol_port}",
    )


def _publish() -> None:
    from office.services.broker import publish
    from office.services.machine import machine_parts

    publish(machine_parts("init"))


def _make_keys(here: Home, system: System) -> None:
    here.secrets.mkdir(parents=True, exist_ok=True, mode=0o700)
    django_key = base64.b64encode(system.random_bytes(48))
    # The office's key comes last: it says that everything else is there.
    for path, secret in (
        (here.django_key, django_key),
        (here.pepper_file, system.random_bytes(KEY_SIZE)),
        (here.office_key, system.random_bytes(KEY_SIZE)),
    ):
        if not path.exists():
            write_secret(path, secret)
            point("init.secret")


def _first_administrator(name: str, system: System) -> None:
    from django.contrib.auth.models import User

    if User.objects.exists():
        return
    password = base64.b32encode(system.random_bytes(10)).decode().lower()
    User.objects.create_superuser(name, password=password)
    say(f"  administrator: [bold]{name}[/]  password: [bold]{password}[/]  (shown this once)")
