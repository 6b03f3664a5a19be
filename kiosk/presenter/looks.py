"""The choices of how the screen looks and speaks: a few in the top bar, all of them on a page."""

from __future__ import annotations

from kiosk import actions as a
from kiosk.flow.looks import can_choose
from kiosk.flow.states import Session
from kiosk.look import CHINESE, ENGLISH
from kiosk.presenter.scene import Scene
from kiosk.views import Button, LookView, Tone


def tools(session: Session, scene: Scene) -> tuple[Button, ...]:
    """Return what stands in the top bar, the most wanted first; only the language may be left out for want of room.

    While the page of looks is open, the bar offers nothing that stands on the page.
    """
    t = scene.texts
    repeat = (Button(t("look.repeat"), a.RepeatLine(), Tone.QUIET),) if scene.voice else ()
    if session.choosing:
        return repeat
    choose = (Button(t("look.choose"), a.ChooseLook(), Tone.QUIET),) if can_choose(session.state) else ()
    return (*repeat, _large(session, scene, Tone.QUIET), *_language(session, scene, Tone.QUIET), *choose)


def look(session: Session, scene: Scene) -> LookView:
    """Return the page: what a press makes of the screen stands on each switch."""
    t, now = scene.texts, session.look
    contrast = t("look.paper") if now.contrast else t("look.contrast")
    sound = t("look.sound") if now.muted else t("look.mute")
    return LookView(
        title=t("look.title"),
        choices=(
            _large(session, scene, Tone.PLAIN),
            Button(contrast, a.ToggleContrast()),
            *_language(session, scene, Tone.PLAIN),
            *((Button(sound, a.ToggleMute()),) if scene.voice else ()),
        ),
        done=Button(t("button.done"), a.Back(), Tone.PRIMARY),
    )


def _large(session: Session, scene: Scene, tone: Tone) -> Button:
    label = scene.texts("look.standard") if session.look.large else scene.texts("look.large")
    return Button(label, a.ToggleLarge(), tone)


def _language(session: Session, scene: Scene, tone: Tone) -> tuple[Button, ...]:
    """The other language, in itself: whoever looks for it need not read this one."""
    other = CHINESE if session.look.language == ENGLISH else ENGLISH
    if other not in scene.languages:
        return ()
    return (Button(scene.languages[other]("look.language"), a.ToggleLanguage(), tone),)
