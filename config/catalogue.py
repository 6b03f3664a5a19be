"""The catalogue as people write it: what can be had for points, of three kinds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal

from pydantic import Field

from config.document import ONE_LINE, Document, Part, Problem, say, twice

ITEMS_MAX = 500


class Item(Part):
    """One thing that can be had."""

    id: int = Field(
        ge=1,
        le=16_777_215,  # 24 bits on a voucher
        description="Number of the item; it never changes and is never used again for another.",
        json_schema_extra=say(example="101"),
    )
    kind: Literal["goods", "service", "repair"] = Field(
        description="商品, 服务 or 维修.", json_schema_extra=say(example='"goods"')
    )
    name: str = Field(
        min_length=1,
        max_length=14,
        pattern=ONE_LINE,
        description="Name on the screen and on paper.",
        json_schema_extra=say(example='"东北大米 5公斤"'),
    )
    description: str = Field(
        default="",
        max_length=40,
        pattern=ONE_LINE,
        description="One sentence: what it is, where and when it is handed out.",
    )
    points: int = Field(
        ge=1, le=99_999, description="Price of one piece.", json_schema_extra=say(unit="points", example="120")
    )
    unit: str = Field(
        min_length=1,
        max_length=4,
        pattern=ONE_LINE,
        description="What a piece is called: 袋, 次, 条.",
        json_schema_extra=say(example='"袋"'),
    )
    pieces_max: int = Field(
        default=1, ge=1, le=15, description="Most pieces on one voucher.", json_schema_extra=say(unit="pieces")
    )
    voucher_days: int = Field(
        ge=1, le=366, description="How long a voucher for it is good.", json_schema_extra=say(unit="days", example="30")
    )
    place: str | None = Field(
        default=None,
        pattern=r"^([0-9]{14}|P[1-9][0-9]{0,11})$",
        description="Station or partner that hands it out; absent: the station that prints the voucher.",
        json_schema_extra=say(form="14 digits, or P and the partner's number, in quotes", example='"50019900100101"'),
    )
    place_name: str = Field(
        default="", max_length=20, pattern=ONE_LINE, description="Name of that place, as people read it on the voucher."
    )
    picture: str | None = Field(
        default=None,
        max_length=64,
        pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]*\.(png|jpg)$",
        description="File name of its picture, square.",
        json_schema_extra=say(form="a file name without folder, ending in .png or .jpg", example='"rice.png"'),
    )
    available: bool = Field(default=True, description="False shows it as paused: nobody can redeem it for now.")
    stocked: bool = Field(
        default=False, description="True if its pieces are counted at the station; otherwise it never runs out."
    )
    group: str = Field(
        default="",
        max_length=6,
        pattern=ONE_LINE,
        description="Part of its class, for a class of more than one page: 粮油, 日用.",
        json_schema_extra=say(example='"粮油"'),
    )


class Catalogue(Document):
    """The file `catalogue.toml`."""

    version: int = Field(
        ge=1,
        le=999_999_999,
        description="Raised by one with every change; a station takes only a higher one.",
        json_schema_extra=say(example="1"),
    )
    items: tuple[Item, ...] = Field(
        alias="item", default=(), max_length=ITEMS_MAX, strict=False, description=str(Item.__doc__)
    )

    @classmethod
    def problems(cls, data: Mapping[str, Any]) -> Iterable[Problem]:
        """No two items have one id."""
        return twice(data, "item", "id")

    def to_document(self) -> dict[str, Any]:
        """The plain values that go on the shelf: ``{"version": 1, "items": [{"id": 101, …}, …]}``.

        Every item has every key; ``place`` and ``picture`` are None when absent.
        """
        return {"version": self.version, "items": [item.model_dump() for item in self.items]}
