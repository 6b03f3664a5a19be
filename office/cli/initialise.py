"""``office init``."""

from __future__ import annotations

import base64

from django.core.management import call_command

from office.cli.output import say
from office.home import Home, home
from office.setup import setup
from office.system import Machine, System
from sync.identity import KEY_SIZE, write_secret

_BROKER = """# Mosquitto for an office and stations on this machine alone: no other can reach it, so no passwords.
listener {port} 127.0.0.1
allow_anonymous true
# The logs remember; the broker need not.
persistence false
# Without this a small request and its answer wait for each other: 44 ms instead of half a millisecond.
set_tcp_nodelay true
max_inflight_messages 100
max_packet_size 70000
log_type error
log_type warning
"""
_SETTINGS = """# The office: where its broker and its pages are.
[broker]
host = "127.0.0.1"
port = {broker}
mqtt = "5"

[web]
host = "127.0.0.1"
port = {web}
"""


def initialise(admin: str, broker_port: int, web_port: int) -> None:
    """Make what is missing; never make a key again."""
    here, system = home(), Machine()
    new = not here.office_key.is_file()
    if new:
        here.root.mkdir(parents=True, exist_ok=True)
        here.root.chmod(0o700)
        _make_keys(here, system)
    for path, text in (
        (here.settings, _SETTINGS.format(broker=broker_port, web=web_port)),
        (here.broker, _BROKER.format(port=broker_port)),
    ):
        if not path.exists():
            path.write_text(text, encoding="utf-8")
    setup()
    call_command("migrate", verbosity=0, interactive=False)
    say(f"[green]✓[/] {'new office' if new else 'the office'} in {here.root}")
    _first_administrator(admin, system)
    say(f"  broker: mosquitto -c {here.broker}", "  then:   office serve")


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


def _first_administrator(name: str, system: System) -> None:
    from django.contrib.auth.models import User

    if User.objects.exists():
        return
    password = base64.b32encode(system.random_bytes(10)).decode().lower()
    User.objects.create_superuser(name, password=password)
    say(f"  administrator: [bold]{name}[/]  password: [bold]{password}[/]  (shown this once)")
