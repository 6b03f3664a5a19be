"""How a station reaches its office. The office writes this file when it enrols the station; people may correct it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from ipaddress import ip_address
from typing import Any, Literal

from pydantic import Field

from config.document import Document, Part, Problem, say

_HOST = r"^[0-9A-Za-z.:-]*$"  # a name or an address: nothing that would end a line or a string of a file


class Enrolment(Part):
    """Which life of which station the office opened its books for."""

    station: str = Field(
        pattern=r"^[0-9]{14}$",
        description="Number of the station, as in `station.toml`.",
        json_schema_extra=say(form="14 digits in quotes", example='"50019900100101"'),
    )
    epoch: int = Field(
        ge=1,
        le=65535,
        description="Which of the station's lives this is: 1 at first, one more after every new enrolment.",
        json_schema_extra=say(example="1"),
    )
    down_epoch: int = Field(
        ge=1, le=65535, description="Which life of the office's log begins with it.", json_schema_extra=say(example="1")
    )


class Broker(Part):
    """Where the MQTT broker is."""

    host: str = Field(
        min_length=1,
        max_length=253,
        pattern=_HOST,
        description="Name or address.",
        json_schema_extra=say(example='"127.0.0.1"'),
    )
    port: int = Field(default=1883, ge=1, le=65535, description="TCP port.")
    mqtt: Literal["5", "3.1.1"] = Field(default="5", description="Version of MQTT; 3.1.1 for brokers that know no 5.")
    tls: bool = Field(
        default=False, description="Encrypt the line and check who is at its end; false is for this machine alone."
    )


class Door(Part):
    """Where the office renews certificates, over HTTPS."""

    host: str = Field(
        default="",
        max_length=253,
        pattern=_HOST,
        description="Name or address; empty: certificates come by stick.",
        json_schema_extra=say(example='"office.example"'),
    )
    port: int = Field(default=8443, ge=1, le=65535, description="TCP port.")


class LinkSettings(Document):
    """The file `link.toml`, in the station's folder."""

    enrolment: Enrolment = Field(description=str(Enrolment.__doc__))
    broker: Broker = Field(description=str(Broker.__doc__))
    door: Door = Field(default_factory=Door, description=str(Door.__doc__))

    @classmethod
    def problems(cls, data: Mapping[str, Any]) -> Iterable[Problem]:
        """A line that leaves this machine is encrypted."""
        return plain_elsewhere(data)


def text_of(settings: LinkSettings) -> str:
    """Return the file that says this."""
    enrolment, broker, door = settings.enrolment, settings.broker, settings.door
    return (
        f'[enrolment]\nstation = "{enrolment.station}"\nepoch = {enrolment.epoch}\n'
        f"down_epoch = {enrolment.down_epoch}\n\n"
        f'[broker]\nhost = "{broker.host}"\nport = {broker.port}\nmqtt = "{broker.mqtt}"\n'
        f"tls = {'true' if broker.tls else 'false'}\n\n"
        f'[door]\nhost = "{door.host}"\nport = {door.port}\n'
    )


def plain_elsewhere(data: Mapping[str, Any]) -> Iterator[Problem]:
    """A problem for a broker on another machine without TLS."""
    broker = data.get("broker")
    host = broker.get("host") if isinstance(broker, dict) else None
    if not isinstance(broker, dict) or not isinstance(host, str) or not host or broker.get("tls") is True:
        return
    if not is_this_machine(host):
        advice = f"Write tls = true under [broker]: {host} is another machine, and the line to it can be read."
        yield Problem(("broker", "tls" if "tls" in broker else "host"), "a broker over TLS", advice)


def is_this_machine(host: str) -> bool:
    """Whether a name or address never leaves this machine."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
