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
    key = f"refused.{refused.code.value}"
    if refused.details.get("left") == 0 and scene.texts.has(f"{key}.none"):
        key += ".none"  # "only 0 are left" is no way to say it
    return scene.texts(key, **refused.details)


def so_many(name: str, pieces: int, unit: str, scene: Scene) -> str:
    """The name of an item, and how many of it unless it is one."""
    return name if pieces == 1 else scene.texts("item.so_many", name=name, pieces=pieces, unit=unit)


def office_line(office: Office | None, scene: Scene, instant: Instant) -> str:
    """Whether the office is heard. Nothing for a station that never was in touch with one: it misses nothing."""
    if office is None or (office.heard_at is None and not office.connected):
        return ""
    if office.connected:
        return scene.texts("notice.online")
    return scene.texts("notice.offline", when=_when(office.heard_at or 0, scene, instant))


def office_counts(office: Office | None, scene: Scene, *, brief: bool = False) -> str:
    """What was done here, and how much of it the office knows; nothing where no office was ever heard.

    ``brief`` is for the one line of a bottom bar.
    """
    if office is None or (office.heard_at is None and not office.connected):
        return ""
    t = scene.texts
    if brief:
        parts = [t("counts.written.short", count=office.done), t("counts.known.short", count=office.known)]
    else:
        parts = [t("counts.written", count=office.done), t("counts.known", count=office.known)]
    if office.parked:
        parts.append(t("counts.parked", count=office.parked))
    if office.waiting and office.oldest_ms is not None:
        age = _age(office.oldest_ms, scene)
        parts.append(t("counts.oldest.short", age=age) if brief else t("counts.oldest", age=age))
    return t("counts.separator").join(parts)


def office_contact(office: Office | None, scene: Scene, instant: Instant) -> str:
    """For staff: whether the office is heard, and since when it is not."""
    if office is None or not office_line(office, scene, instant):
        return ""
    if office.connected:
        return scene.texts("notice.online")
    return scene.texts("counts.offline", when=_when(office.heard_at or 0, scene, instant))


def _age(milliseconds: int, scene: Scene) -> str:
    """How long ago, in the largest unit that is full; two days are easier to grasp than 51 hours."""
    minutes = max(0, milliseconds) // 60_000
    if minutes < 1:
        return scene.texts("age.now")
    if minutes < 60:
        return scene.texts("age.minutes", count=minutes)
    hours = minutes // 60
    return scene.texts("age.hours", count=hours) if hours < 48 else scene.texts("age.days", count=hours // 24)


def _when(at_ms: int, scene: Scene, instant: Instant) -> str:
    then, now = china_time(at_ms), china_time(instant.wall_ms)
    clock = then.strftime("%H:%M")
    days = (now.date() - then.date()).days
    if days == 0:
        return clock
    if days == 1:
        return scene.texts("when.yesterday", clock=clock)
    return scene.texts("when.day", month=scene.texts(f"month.{then.month}"), day=then.day, clock=clock)
