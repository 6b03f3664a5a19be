"""The screens that end something: questions, results, refusals, help, staff."""

from __future__ import annotations

from devices.ports import PrintState
from domain.calendar import china_time
from domain.refusals import Refused
from kiosk import actions as a
from kiosk.desk.answers import Issued, WaitingPaper
from kiosk.flow import states as s
from kiosk.flow.presses import STAFF_PAGE_SIZE, page_count
from kiosk.presenter.scene import Scene, day
from kiosk.presenter.sentences import device_sentence, office_counts, refusal_message, refusal_title
from kiosk.views import Button, DoneView, MessageView, StaffJob, StaffView, Tone


def later_question(scene: Scene) -> MessageView:
    """The printer is not ready: go on all the same?"""
    t = scene.texts
    return MessageView(
        title=t("later.title"),
        message=t("later.message"),
        tone=Tone.WARNING,
        buttons=(
            Button(t("button.not_now"), a.Back(), Tone.PLAIN),
            Button(t("button.accept_later"), a.AcceptLater(), Tone.PRIMARY),
        ),
    )


def done(state: s.AtDone, scene: Scene) -> DoneView:
    """The big number; with paper or without."""
    t, issued = scene.texts, state.issued
    return DoneView(
        title=_done_title(issued, scene),
        tone=Tone.WARNING if state.code else Tone.GOOD,
        name=issued.item_name,
        number=issued.number,
        number_label=t("done.number"),
        rows=(
            (t("done.left"), t("points", points=issued.left)),
            (t("done.expires"), day(issued.expires, t) if issued.expires else t("paper.expires.none")),
            *([(t("done.place"), issued.place)] if issued.place else []),
        ),
        message=_done_message(state, scene),
        finish=Button(t("button.done"), a.Finish(), Tone.PRIMARY),
        again=Button(t("button.again"), a.Home(), Tone.PLAIN),
    )


def _done_title(issued: Issued, scene: Scene) -> str:
    t = scene.texts
    if issued.pieces == 1:
        return t("done.title")
    return t("done.title.pieces", pieces=issued.pieces, unit=issued.unit)


def _done_message(state: s.AtDone, scene: Scene) -> str:
    t = scene.texts
    if state.code:
        return t("done.without_paper")
    return t("done.take_paper_and_card") if state.visit.id_card else t("done.take_paper")


def refusal(refused: Refused, scene: Scene) -> MessageView:
    """The rules said no; nothing was spent."""
    t = scene.texts
    return MessageView(
        title=refusal_title(refused, scene),
        message=refusal_message(refused, scene),
        tone=Tone.WARNING,
        buttons=(
            Button(t("button.finish"), a.Finish(), Tone.PLAIN),
            Button(t("button.other"), a.Home(), Tone.PRIMARY),
        ),
        code=refused.code.value,
    )


def help_called(state: s.AtHelp, scene: Scene) -> MessageView:
    """Somebody asked for help; who has no card can ask to join while they wait."""
    t = scene.texts
    return MessageView(
        title=t("help.title"),
        message=t("help.message"),
        tone=Tone.WARNING,
        buttons=(
            *((Button(t("button.join_no_card"), a.Join(), Tone.PLAIN),) if isinstance(state.before, s.Idle) else ()),
            Button(t("button.go_on"), a.Back(), Tone.PRIMARY),
        ),
    )


def out_of_order(state: s.OutOfOrder, scene: Scene) -> MessageView:
    """Nothing is sold here until somebody mended it. What is promised depends on what is known."""
    t = scene.texts
    message = t("out_of_order.message")
    if t.has(f"out_of_order.{state.code}"):
        message = t(f"out_of_order.{state.code}")
    if state.unsure:
        message = t("out_of_order.unsure")
    elif state.number:
        message = t("out_of_order.number", number=state.number)
    return MessageView(t("out_of_order.title"), message, Tone.TROUBLE, (), state.code)


def staff(session: s.Session, state: s.AtStaff, scene: Scene) -> StaffView:
    """Papers that wait for staff, three a page."""
    t = scene.texts
    pages = page_count(len(state.papers), STAFF_PAGE_SIZE)
    page = min(state.page, pages - 1)
    shown = state.papers[page * STAFF_PAGE_SIZE : (page + 1) * STAFF_PAGE_SIZE]
    message = t("staff.message", count=len(state.papers)) if state.papers else t("staff.nothing")
    return StaffView(
        title=t("staff.title", name=state.name),
        message=refusal_message(state.refused, scene) if state.refused else message,
        jobs=tuple(_staff_job(paper, state, scene) for paper in shown),
        page=t("page", page=page + 1, pages=pages) if pages > 1 else "",
        previous=Button(t("button.previous"), a.TurnPage(page - 1), enabled=page > 0) if pages > 1 else None,
        next=Button(t("button.next"), a.TurnPage(page + 1), enabled=page + 1 < pages) if pages > 1 else None,
        report=office_counts(session.office, scene),
    )


def _staff_job(paper: WaitingPaper, state: s.AtStaff, scene: Scene) -> StaffJob:
    t = scene.texts
    free = state.busy is None
    label = t("button.reprinting") if state.busy == paper.job else t("button.reprint")
    return StaffJob(
        number=paper.number,
        title=paper.item,
        reason=_why_waiting(paper, scene),
        when=china_time(paper.queued_at).strftime("%m-%d %H:%M"),
        reprint=Button(label, a.Reprint(paper.job), Tone.PRIMARY, enabled=free),
        set_aside=Button(t("button.set_aside"), a.SetAside(paper.job), Tone.PLAIN, enabled=free),
    )


def _why_waiting(paper: WaitingPaper, scene: Scene) -> str:
    t = scene.texts
    if paper.state in (PrintState.PRINTED, PrintState.SENT):
        return t("staff.asked")
    said = t("staff.reason", state=t(f"print.{paper.state.value}"), reason=device_sentence(paper.code, scene))
    return t("staff.asked.too", reason=said) if paper.asked else said
