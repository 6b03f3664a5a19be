"""Where the office's pages and its broker are."""

from __future__ import annotations

from pydantic import Field

from config.document import Document, Part, say
from config.link import Broker


class Web(Part):
    """The pages in the browser."""

    host: str = Field(
        default="127.0.0.1", max_length=253, description="Address to listen on.",
        json_schema_extra=say(example='"127.0.0.1"'),
    )  # fmt: skip
    port: int = Field(default=8000, ge=1, le=65535, description="TCP port; the next free one is taken if it is held.")


class OfficeSettings(Document):
    """The file `office.toml`, in the office's folder."""

    broker: Broker = Field(description="Where the MQTT broker is; stations are given the same address.")
    web: Web = Field(default_factory=Web, description=str(Web.__doc__))
