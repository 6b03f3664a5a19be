"""What stands around every screen."""

from __future__ import annotations

from devices.ports import Health
from kiosk import actions as a
from kiosk.flow import states as s
from kiosk.flow.join_states import AtJoined, AtNotJoined, AtWithdrawn
from kiosk.flow.trust_states import AtConsent, AtFarewell
from kiosk.flow.visit import Visit
from kiosk.presenter.looks import tools
from kiosk.presenter.scene import Instant, Scene
from kiosk.presenter.sentences import device_sentence, office_contact, office_counts, office_line
from kiosk.views import Button, Frame, Tone

LATE_MS = 60_000


def frame_of(session: s.Session, scene: Scene, instant: Instant) -> Frame:
    """Return top and bottom bar."""
    t, state = scene.texts, session.state
    visit = s.visit_of(state)
    notice, tone = _notice(session, scene, instant)
    return Frame(
        station=scene.station,
        clock=instant.clock(),
        date=instant.date(t),
        resident=_for_whom(visit, scene) if visit else "",
        balance=t("points", points=visit.points) if visit else "",
        back=Button(t("button.back"), a.Back(), Tone.QUIET) if _can_go_back(session) else None,
        home=Button(t("button.home"), a.Home(), Tone.QUIET) if _can_go_home(state) else None,
        finish=Button(t("button.finish"), a.Finish(), Tone.QUIET) if _can_finish(state) else None,
        more=_more(session, scene),
        help=None if isinstance(state, s.AtHelp) else Button(t("button.help"), a.CallStaff(), Tone.QUIET),
        notice=notice,
        notice_tone=tone,
        tools=tools(session, scene),
    )


def _for_whom(visit: Visit, scene: Scene) -> str:
    return scene.texts("frame.for", name=visit.name) if visit.proxy else visit.name


def _notice(session: s.Session, scene: Scene, instant: Instant) -> tuple[str, Tone]:
    """The one line that matters most: a device in trouble, papers that wait, or how things stand with the office."""
    t = scene.texts
    if session.printer.health is Health.NOT_OK:
        return device_sentence(session.printer.code, scene), Tone.WARNING
    if session.scanner.health is Health.NOT_OK:
        return device_sentence(session.scanner.code, scene), Tone.WARNING
    if session.card_reader.health is Health.NOT_OK:
        return device_sentence(session.card_reader.code, scene), Tone.WARNING
    if isinstance(session.state, s.AtStaff) and (contact := office_contact(session.office, scene, instant)):
        return contact, Tone.PLAIN
    if session.papers_waiting and s.visit_of(session.state) is None:
        return t("notice.papers_waiting", count=session.papers_waiting), Tone.WARNING
    if session.printer.warning:
        return device_sentence(session.printer.warning, scene), Tone.WARNING
    # In a visit there is little room, and the resident has other things to read.
    visiting = s.visit_of(session.state) is not None
    line = "" if visiting else office_line(session.office, scene, instant)
    counts = "" if visiting else _outstanding(session, scene)
    brief = counts or visiting or isinstance(session.state, s.AtStaff)
    demo = "notice.demo.short" if brief else "notice.demo"
    first = t("notice.separator").join(filter(None, (t(demo) if scene.demo else "", line)))
    return "\n".join(filter(None, (first, counts))), Tone.PLAIN


def _outstanding(session: s.Session, scene: Scene) -> str:
    """What the office does not know yet. While it is heard and keeps up, that is all there is to say."""
    office = session.office
    if office is None:
        return ""
    late = not office.connected or (office.oldest_ms or 0) >= LATE_MS
    outstanding = office.parked or (office.waiting and late)
    return office_counts(office, scene, brief=True) if outstanding else ""


def _more(session: s.Session, scene: Scene) -> Button | None:
    match session.state:
        case s.AtHome(visit) if visit.proxy is None:
            return Button(scene.texts("button.my_data"), a.Withdraw(), Tone.QUIET)
        case s.AtStaff(busy=None):
            return Button(scene.texts("button.find"), a.FindResident(), Tone.PLAIN)
        case _:
            return None


_UNDER_WAY = s.UNDER_WAY
_OVER = AtJoined | AtWithdrawn | AtNotJoined


def _can_go_back(session: s.Session) -> bool:
    if session.choosing:
        return True
    state = session.state
    if isinstance(state, s.AtHome):
        return bool(state.visit.choices)  # to whom it is for
    nowhere = s.Idle | s.AtWhom | s.AtDone | s.AtStaff | s.OutOfOrder | AtConsent | AtFarewell
    return not isinstance(state, _UNDER_WAY | _OVER | nowhere)


def _can_go_home(state: s.State) -> bool:
    if isinstance(state, _UNDER_WAY | s.Idle | s.AtWhom | s.AtHome | s.OutOfOrder | s.AtStaff | AtConsent):
        return False
    return s.visit_of(state) is not None


def _can_finish(state: s.State) -> bool:
    return not isinstance(state, _UNDER_WAY | _OVER | s.Idle | s.AtDone | s.OutOfOrder | AtFarewell)
