"""From codes to sentences: what is the matter, and what to do."""

from __future__ import annotations

from domain.calendar import china_time
from domain.refusals import RefusalCode, Refused
from kiosk.flow.states import Office
from kiosk.presenter.scene import Instant, Scene


def device_sentence(code: str, scene: Scene) -> str:
    """Return the sentence of a device's code."""
    key = f"device.{code}"
    return scene.texts(key) if scene.texts.has(key) else scene.texts("device.other")


def refusal_title(refused: Refused, scene: Scene) -> str:
    """Return the headline of a refusal."""
    return scene.texts(f"refused.{refused.code.value}.title")


def refusal_message(refused: Refused, scene: Scene) -> str:
    """Return what it means and what to do next."""
    if refused.code is RefusalCode.CARD_UNREADABLE:
        return device_sentence(str(refused.details["code"]), scene)
    return scene.texts(f"refused.{refused.code.value}", **refused.details)


def office_line(office: Office | None, scene: Scene, instant: Instant) -> str:
    """Whether the office is heard. Nothing for a station that never was in touch with one: it misses nothing."""
    if office is None or (office.heard_at is None and not office.connected):
        return ""
    if office.connected:
        return scene.texts("notice.online")
    return scene.texts("notice.offline", when=_when(office.heard_at or 0, scene, instant))


def office_report(office: Office | None, scene: Scene, instant: Instant) -> str:
    """For staff: what is done here and not yet known at the office."""
    if office is None or not office_line(office, scene, instant):
        return ""
    if office.connected:
        return scene.texts("staff.online", count=office.waiting)
    return scene.texts("staff.offline", count=office.waiting, when=_when(office.heard_at or 0, scene, instant))


def _when(at_ms: int, scene: Scene, instant: Instant) -> str:
    then, now = china_time(at_ms), china_time(instant.wall_ms)
    clock = then.strftime("%H:%M")
    days = (now.date() - then.date()).days
    if days == 0:
        return clock
    if days == 1:
        return scene.texts("when.yesterday", clock=clock)
    return scene.texts("when.day", month=then.month, day=then.day, clock=clock)
