"""The settings of one station: who it is, its panel, how long it waits, where its data and typefaces are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Literal

from pydantic import Field

from config.document import ONE_LINE, Document, Part, Problem, say


class Station(Part):
    """Who this station is."""

    id: str = Field(
        pattern=r"^[0-9]{14}$",
        description="Number of the station: the community's 12-digit statistical area code and two digits of its own.",
        json_schema_extra=say(form="14 digits in quotes", example='"50019900100101"'),
    )
    name: str = Field(
        min_length=1,
        max_length=20,
        pattern=ONE_LINE,
        description="Name of the station as residents read it, on the screen and on paper.",
        json_schema_extra=say(example='"学田湾社区党群驿站"'),
    )


class Panel(Part):
    """The touch panel. Sizes on the screen are in millimetres, so its real size must be known."""

    diagonal_inches: float = Field(
        ge=5, le=32, description="Visible diagonal.", json_schema_extra=say(unit="inches", example="10.1")
    )
    width_px: int = Field(
        ge=640, le=7680, description="Width as mounted.", json_schema_extra=say(unit="px", example="1280")
    )
    height_px: int = Field(
        ge=480, le=7680, description="Height as mounted.", json_schema_extra=say(unit="px", example="800")
    )
    used_by: Literal["residents", "staff"] = Field(
        default="residents",
        description="Who stands before it: for residents at least 200 × 120 mm, for staff a 7-inch panel will do.",
    )
    fullscreen: bool = Field(default=True, description="Fill the panel; false opens a window, for trying it on a desk.")
    touch: Literal["mouse", "mtdev"] = Field(
        default="mtdev", description="Where touches come from: `mtdev` at a station, `mouse` on a desk."
    )


class Times(Part):
    """How long the screen waits for a person."""

    idle_seconds: int = Field(
        default=60,
        ge=20,
        le=600,
        description="Without a touch for so long, the screen asks whether somebody is still there.",
        json_schema_extra=say(unit="seconds"),
    )
    warning_seconds: int = Field(
        default=30,
        ge=20,  # WCAG 2.2 criterion 2.2.1: at least 20 seconds to answer a warning
        le=300,
        description="After asking, so long until the visit ends.",
        json_schema_extra=say(unit="seconds"),
    )
    result_seconds: int = Field(
        default=20,
        ge=5,
        le=120,
        description="How long the result of a redemption stays before the visit ends.",
        json_schema_extra=say(unit="seconds"),
    )


class Screen(Part):
    """How a screen rests that nobody uses. The hours of darkness are the office's: see `board.toml`."""

    dim_minutes: int = Field(
        default=5,
        ge=1,
        le=60,
        description="Without a touch for so long, an unused screen is dimmed; the next touch only wakes it.",
        json_schema_extra=say(unit="minutes"),
    )
    backlight: str = Field(
        default="",
        pattern=r"^(/.*)?$",
        description="Folder of the panel's backlight, `*` for whatever it is called; empty: the picture alone darkens.",
        json_schema_extra=say(example='"/sys/class/backlight/*"'),
    )


class Storage(Part):
    """Where the station keeps what it must not lose."""

    folder: Path = Field(
        default=Path("/var/lib/yizhan"), strict=False, description="Folder of the journal and the shelf."
    )


class StickSettings(Part):
    """A USB stick with a second copy of the journal, kept up to date by `kiosk sync`."""

    folder: str = Field(
        default="",
        pattern=r"^(/.*)?$",
        description="Folder on the stick; empty: no second copy.",
        json_schema_extra=say(example='"/media/yizhan"'),
    )


class Typeface(Part):
    """The two files that all text on the screen and on paper is drawn with."""

    regular: Path = Field(
        default=Path("/usr/share/yizhan/fonts/YizhanSans-Regular.otf"), strict=False, description="Regular weight."
    )
    bold: Path = Field(
        default=Path("/usr/share/yizhan/fonts/YizhanSans-Bold.otf"), strict=False, description="Bold weight."
    )


class StationSettings(Document):
    """The file `station.toml`."""

    station: Station = Field(description=str(Station.__doc__))
    panel: Panel = Field(description=str(Panel.__doc__))
    times: Times = Field(default_factory=Times, description=str(Times.__doc__))
    screen: Screen = Field(default_factory=Screen, description=str(Screen.__doc__))
    storage: Storage = Field(default_factory=Storage, description=str(Storage.__doc__))
    stick: StickSettings = Field(default_factory=StickSettings, description=str(StickSettings.__doc__))
    typeface: Typeface = Field(default_factory=Typeface, description=str(Typeface.__doc__))

    @classmethod
    def problems(cls, data: Mapping[str, Any]) -> Iterable[Problem]:
        """A folder that depends on where a program was started is a journal that is not found again."""
        part = data.get("storage")
        folder = part.get("folder") if isinstance(part, dict) else None
        if isinstance(folder, str) and not folder.startswith("/"):
            yield Problem(("storage", "folder"), "a path that begins with /", "Write the whole path.")
