"""Where the office's pages and its broker are, where stations reach it, and what it bears from them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import Field

from config.document import ONE_LINE, Document, Part, Problem, say
from config.link import Broker, plain_elsewhere


class Web(Part):
    """The pages in the browser."""

    host: str = Field(
        default="127.0.0.1", max_length=253, description="Address to listen on.",
        json_schema_extra=say(example='"127.0.0.1"'),
    )  # fmt: skip
    port: int = Field(default=8000, ge=1, le=65535, description="TCP port; the next free one is taken if it is held.")


class Stations(Part):
    """Where stations reach this office, over TLS. After a change: `office init`, and start broker and office again."""

    host: str = Field(
        default="127.0.0.1",
        min_length=1,
        max_length=253,
        pattern=r"^[0-9A-Za-z.:-]*$",
        description="Name or address that stations are told; a station on this machine alone: 127.0.0.1.",
        json_schema_extra=say(example='"127.0.0.1"'),
    )
    broker_port: int = Field(default=8883, ge=1, le=65535, description="TCP port of the broker for stations.")
    enrol_port: int = Field(default=8443, ge=1, le=65535, description="TCP port of enrolment, served by `office web`.")
    reload: str = Field(
        default="",
        max_length=500,
        pattern=ONE_LINE,
        description="Command that makes the broker read its files again; empty: SIGHUP to this folder's mosquitto.",
        json_schema_extra=say(example='"systemctl reload mosquitto"'),
    )
    stations_max: int = Field(default=500, ge=1, le=10_000, description="How many may be connected at once.")


class EnrolmentRules(Part):
    """How stations are enrolled."""

    secret_hours: int = Field(
        default=72, ge=1, le=24 * 30, description="How long a bundle can be used.", json_schema_extra=say(unit="hours")
    )
    attempts_a_minute: int = Field(
        default=10, ge=1, le=1000, description="How many requests one address may make; more are turned away unread."
    )


class Limits(Part):
    """What one station may send; more is dropped, counted and shown. In bursts ten times as much."""

    frames_a_second: int = Field(default=50, ge=1, le=10_000, description="Frames of its journal.")
    requests_a_second: int = Field(default=500, ge=1, le=100_000, description="Requests for parts of documents.")
    states_a_second: int = Field(default=2, ge=1, le=1000, description="What it says of itself.")


class Books(Part):
    """The books and what protects them."""

    grants_log: str = Field(
        default="",
        max_length=500,
        pattern=r"^(/.*)?$",
        description="File on another disk: every grant stands there before it is sent, so that a restore from a backup "
        "forgets none. `office init` makes it; while it cannot be written nothing is granted. Empty: none.",
        json_schema_extra=say(example='"/mnt/second/grants.log"'),
    )


class OfficeSettings(Document):
    """The file `office.toml`, in the office's folder."""

    office: Books = Field(default_factory=Books, description=str(Books.__doc__))
    broker: Broker = Field(description="Where `office worker` reaches the MQTT broker.")
    web: Web = Field(default_factory=Web, description=str(Web.__doc__))
    stations: Stations = Field(default_factory=Stations, description=str(Stations.__doc__))
    enrolment: EnrolmentRules = Field(default_factory=EnrolmentRules, description=str(EnrolmentRules.__doc__))
    limits: Limits = Field(default_factory=Limits, description=str(Limits.__doc__))

    @classmethod
    def problems(cls, data: Mapping[str, Any]) -> Iterable[Problem]:
        """A line that leaves this machine is encrypted."""
        return plain_elsewhere(data)
