"""The screens on which nothing is chosen: idle, looking up, redeeming and printing."""

from __future__ import annotations

from domain.catalogue import ItemClass
from kiosk.desk.answers import TornOff
from kiosk.flow import states as s
from kiosk.presenter.board import hours_line, is_open, page_at
from kiosk.presenter.scene import Instant, Scene
from kiosk.presenter.sentences import refusal_message, refusal_title
from kiosk.views import BusyView, IdleView, MessageView, Tone


def idle(session: s.Session, state: s.Idle, scene: Scene, instant: Instant) -> IdleView | MessageView:
    """Nobody is here; where nothing is sold for now, that is said before anybody takes out a card."""
    t, stopped = scene.texts, session.stopped
    if stopped is not None and state.refused is None:
        title, message = refusal_title(stopped, scene), refusal_message(stopped, scene)
        return MessageView(title, message, Tone.WARNING, (), stopped.code.value)
    message, tone = "", Tone.PLAIN
    if state.refused:
        message, tone = refusal_message(state.refused, scene), Tone.WARNING
    elif session.torn:
        message, tone = torn_sentence(session.torn, scene)
    hours = hours_line(session.board, scene, instant)
    serving = (t("idle.serving"), *session.serving) if session.serving else ()
    return IdleView(
        title="" if hours else t("idle.title"),
        invitation=t("idle.invitation.id_card" if scene.id_cards else "idle.invitation"),
        steps=(t("idle.step.1.id_card" if scene.id_cards else "idle.step.1"), t("idle.step.2"), t("idle.step.3")),
        offers=tuple(f"{t(f'kind.{kind.value}')}  {t(f'kind.{kind.value}.caption')}" for kind in ItemClass),
        message=message,
        message_tone=tone,
        id_cards=scene.id_cards,
        hours=hours,
        hours_open=is_open(session.board, instant),
        page=page_at(session.board, scene, instant),
        serving=serving,
    )


def torn_sentence(torn: TornOff, scene: Scene) -> tuple[str, Tone]:
    """What became of the visit that a power cut tore off; it names nobody."""
    t = scene.texts
    if not torn.number:
        return t("torn.nothing"), Tone.PLAIN
    if torn.paper_out:
        return t("torn.paper_out", number=torn.number), Tone.GOOD
    return t("torn.paper_waits", number=torn.number), Tone.WARNING


def looking(scene: Scene) -> BusyView:
    """A card is being looked up."""
    return BusyView(scene.texts("looking.title"), scene.texts("looking.message"), 0, ())


def under_way(state: s.Redeeming | s.Printing, scene: Scene) -> BusyView:
    """Points are being spent, or the paper is being printed."""
    t = scene.texts
    printing = isinstance(state, s.Printing)
    return BusyView(
        title=t("printing.title") if printing else t("redeeming.title"),
        message=t("printing.message") if printing else t("redeeming.message"),
        step=1 if printing else 0,
        steps=(t("under_way.spend"), t("under_way.print"), t("under_way.take")),
    )
