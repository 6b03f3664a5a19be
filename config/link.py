"""How a station reaches its office. The office writes this file when it enrols the station; people may correct it."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from config.document import Document, Part, say


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
        min_length=1, max_length=253, description="Name or address.", json_schema_extra=say(example='"127.0.0.1"')
    )
    port: int = Field(default=1883, ge=1, le=65535, description="TCP port.")
    mqtt: Literal["5", "3.1.1"] = Field(default="5", description="Version of MQTT; 3.1.1 for brokers that know no 5.")


class LinkSettings(Document):
    """The file `link.toml`, in the station's folder."""

    enrolment: Enrolment = Field(description=str(Enrolment.__doc__))
    broker: Broker = Field(description=str(Broker.__doc__))
