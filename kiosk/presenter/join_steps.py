"""The steps of asking to join: one question a screen."""

from __future__ import annotations

from domain.joining import KEEP_DAYS_MAX
from kiosk import actions as a
from kiosk.flow import join_states as j
from kiosk.presenter.scene import Scene
from kiosk.presenter.sentences import device_sentence
from kiosk.views import Button, MessageView, PhoneView, Tone


def notice(scene: Scene) -> MessageView:
    """What will be kept, how long, and that nobody must."""
    t = scene.texts
    return MessageView(
        title=t("join_notice.title"),
        message=t("join_notice.id_card" if scene.id_cards else "join_notice", days=KEEP_DAYS_MAX),
        tone=Tone.WARNING,
        buttons=(
            Button(t("button.disagree"), a.Back(), Tone.PLAIN),
            Button(t("button.agree"), a.Agree(), Tone.PRIMARY),
        ),
    )


def card(state: j.AtJoinCard, scene: Scene) -> MessageView:
    """Lay it, or go on without."""
    t = scene.texts
    return MessageView(
        title=t("join_card.title"),
        message=device_sentence(state.unread, scene) if state.unread else t("join_card"),
        tone=Tone.WARNING,
        buttons=(Button(t("button.no_id_card"), a.NoIdCard(), Tone.PLAIN),),
    )


def age(scene: Scene) -> MessageView:
    """Asked where no card says it."""
    t = scene.texts
    return MessageView(
        title=t("join_age.title"),
        message=t("join_age"),
        tone=Tone.WARNING,
        buttons=(
            Button(t("button.under_age"), a.OfAge(adult=False), Tone.PLAIN),
            Button(t("button.of_age"), a.OfAge(adult=True), Tone.PRIMARY),
        ),
    )


def guardian(state: j.AtJoinGuardian, scene: Scene) -> MessageView:
    """Somebody answers for a child, with a card of their own."""
    t = scene.texts
    message = t("join_guardian.id_card" if scene.id_cards else "join_guardian")
    if state.wrong:
        message = t("join_guardian.wrong")
    elif state.unread:
        message = device_sentence(state.unread, scene)
    return MessageView(t("join_guardian.title"), message, Tone.WARNING, ())


def phone(state: j.AtJoinPhone, scene: Scene) -> PhoneView:
    """A keypad; the one button goes on, with a number or without."""
    t, draft = scene.texts, state.draft
    label = t("button.send" if draft.phone else "button.no_phone")
    return PhoneView(
        title=t("join_phone.title"),
        message=t("join_phone"),
        number=_grouped(draft.phone),
        hint="" if draft.phone_fits else t("join_phone.left", count=j.PHONE_DIGITS - len(draft.phone)),
        digits=tuple(
            Button(str(digit), a.PhoneDigit(digit), enabled=len(draft.phone) < j.PHONE_DIGITS)
            for digit in (1, 2, 3, 4, 5, 6, 7, 8, 9, 0)
        ),
        erase=Button(t("button.erase"), a.PhoneErase(), Tone.QUIET, enabled=bool(draft.phone)),
        send=Button(label, a.SendRequest(), Tone.PRIMARY, enabled=draft.phone_fits),
    )


def _grouped(digits: str) -> str:
    """As numbers are read aloud: 138 0013 8000."""
    return " ".join(filter(None, (digits[:3], digits[3:7], digits[7:])))
