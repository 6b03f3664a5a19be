"""The demo's people and opening stock. Names are invented; a real station gets its residents from the office."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Any

from pydantic import Field

from config.document import ONE_LINE, Document, Part, Problem, say, twice

_NAME_MAX = 20  # characters; the longest names in Chinese letters of minorities have about this many


class Resident(Part):
    """An invented resident."""

    name: str = Field(
        min_length=2,
        max_length=_NAME_MAX,
        pattern=ONE_LINE,
        description="Full name; screens and paper show it masked.",
        json_schema_extra=say(example='"陈桂芳"'),
    )
    points: int = Field(ge=0, le=999_999, description="Points to begin with.", json_schema_extra=say(example="380"))
    cards: int = Field(
        default=1, ge=1, le=3, description="How many QR cards are drawn.", json_schema_extra=say(unit="cards")
    )
    id_number: str | None = Field(
        default=None,
        pattern=r"^([0-9]{17}[0-9X]|[A-Z]{3}[0-9]{12})$",
        description="Number of an ID card that is to be recognised too; only a keyed digest of it is kept.",
        json_schema_extra=say(form="18 characters in quotes", example='"109901194910010175"'),
    )
    notice: int = Field(
        default=0,
        ge=0,
        le=9999,
        description="Version of the notice that this person signed on paper; 0 is asked at the kiosk, once.",
        json_schema_extra=say(example="1"),
    )
    remark: str = Field(default="", max_length=40, pattern=ONE_LINE, description="What this person is there to show.")


class Staff(Part):
    """An invented member of staff."""

    name: str = Field(
        min_length=2,
        max_length=_NAME_MAX,
        pattern=ONE_LINE,
        description="Full name.",
        json_schema_extra=say(example='"何静"'),
    )
    role: str = Field(
        min_length=1,
        max_length=10,
        pattern=ONE_LINE,
        description="What this person is called at the station.",
        json_schema_extra=say(example='"站长"'),
    )


# A key of a TOML table is always text, so here alone a number may come as one.
ItemId = Annotated[int, Field(strict=False, ge=1, le=16_777_215)]
Pieces = Annotated[int, Field(ge=0, le=99_999)]


class DemoData(Document):
    """The file `demo.toml`."""

    stock: dict[ItemId, Pieces] = Field(
        default_factory=dict,
        description="Pieces at the start for each item of the catalogue; an item that is not named is unlimited.",
        json_schema_extra=say(form="item number = 0 to 99999 pieces", example="101 = 12"),
    )
    residents: tuple[Resident, ...] = Field(
        alias="resident", min_length=1, max_length=500, strict=False, description=str(Resident.__doc__)
    )
    staff: tuple[Staff, ...] = Field(default=(), max_length=50, strict=False, description=str(Staff.__doc__))

    @classmethod
    def problems(cls, data: Mapping[str, Any]) -> Iterable[Problem]:
        """No two residents have one name: whoever plays the demo could not tell their cards apart."""
        return twice(data, "resident", "name")
