"""An audit of the stage: reads what stands there as the tour does."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

from devices.spoken import Fragment
from kiosk.flow.states import Session, Times
from kiosk.texts import load_texts
from kiosk.views import View
from tests.kiosk.screens.conftest import BOLD, REGULAR

LINE = (Fragment("speech.home", "请选一类"),)


@cache
def faces() -> Any:
    from kiosk.audit.faces import read_faces

    return read_faces(REGULAR, BOLD)


def spoken(view: View) -> View:
    """The samples are silent; what is said is the presenter's."""
    return view if view.speech else replace(view, speech=LINE)


def read(
    stage: Any, name: str = "plant", session: Session | None = None, times: Times | None = None, **more: Any
) -> Any:
    from kiosk.audit.reading import Reader

    reader = Reader(stage.host, stage.hand, faces(), load_texts(), times or Times())
    return reader.read(name, session, **more)
