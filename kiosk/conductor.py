"""Between the flow and the world: events in, effects out, and the newest view to the screen. Knows no Kivy."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Protocol

from domain.board import Board
from domain.calendar import day_of
from domain.ids import CommandId
from domain.refusals import Refused
from kiosk.actions import Action
from kiosk.desk.answers import Issued, Joined, TornOff
from kiosk.desk.ask import ask, look_at_ask, unask
from kiosk.desk.elsewhere import elsewhere
from kiosk.desk.fetch import fetch, look
from kiosk.desk.history import history
from kiosk.desk.join import join, withdraw_request
from kiosk.desk.papers import reprint, set_aside, waiting_papers
from kiosk.desk.parts import DeskParts
from kiosk.desk.recognise import recognise, recognise_card
from kiosk.desk.redeem import redeem
from kiosk.desk.situation import why_closed
from kiosk.desk.torn import torn_off
from kiosk.desk.void import BATCH, expire
from kiosk.desk.vouchers import ask_paper, vouchers
from kiosk.desk.wish import unwish
from kiosk.faults import JournalUnwritable
from kiosk.flow.events import (
    AskOffice,
    AskPaper,
    BoardTold,
    CarryOut,
    Effect,
    ElsewhereLooked,
    Event,
    Fetch,
    FoundTornOff,
    JoinEffect,
    JoinReported,
    JournalFailed,
    JournalRecovered,
    ListPapers,
    LookAtAsk,
    LookAtWish,
    LookElsewhere,
    LookUp,
    LookUpCard,
    OfficeAnswered,
    OfficeLooked,
    OwnEffect,
    PageRead,
    PaperAsked,
    PapersListed,
    Pressed,
    PrintSlip,
    ReadHistory,
    ReadVouchers,
    Recognised,
    Redeemed,
    ReprintPaper,
    SendJoin,
    SettlePaper,
    StaffAnswered,
    Ticked,
    Unask,
    Unwish,
    WishLooked,
    WithdrawJoin,
    WithdrawReported,
)
from kiosk.flow.marking import begins, ends
from kiosk.flow.states import Office, OutOfOrder, Session, State
from kiosk.flow.step import step
from kiosk.journal.office import OfficeSeen
from kiosk.papers.slip import Slip
from kiosk.presenter.scene import Instant, Scene
from kiosk.presenter.view import present
from kiosk.trusting import carry_out
from kiosk.views import View
from kiosk.visit_mark import VisitMark
from kiosk.worker import Worker

logger = logging.getLogger(__name__)

# A frame drawn in software holds the interpreter for some 25 ms, in which neither journal nor printer gets on. So the
# screen stands still this long, unseen, before it draws that something is under way: the paper leaves a frame earlier.
GIVE_WAY_SECONDS = 0.015
PROBE_SECONDS = 5.0
LOOK_SECONDS = 1.0
ALARMS = ("log.", "station.fenced", "stick.")  # what the other process halts the sale for, and may lift again
HEARD_MS_MAX = 180_000
EXPIRE_SECONDS = 3600.0


class Printing(Protocol):
    """Where jobs are handed in."""

    def put(self, job: int) -> None:
        """Print a job that is queued in the journal."""
        ...

    def put_slip(self, slip: Slip) -> None:
        """Print a slip that is kept nowhere."""
        ...


class Conductor:
    """Runs on the screen's thread. ``post`` hands an event over from any other thread."""

    def __init__(
        self,
        *,
        parts: DeskParts,
        worker: Worker,
        scene: Scene,
        post: Callable[[Event], None],
        show: Callable[[View], None],
    ) -> None:
        self._parts = parts
        self._worker = worker
        self._scene = scene
        self._post = post
        self._show = show
        self._printing: Printing | None = None
        self._shown: View | None = None
        self._mark = VisitMark(parts.journal.path.parent)
        self._probe_at = self._look_at = self._expire_at = 0.0
        self.session = Session(touched_at=parts.system.monotonic(), entered_at=parts.system.monotonic())

    def begin(self, printing: Printing) -> None:
        """Show the first view; ask what waits for staff, and whether a power cut tore a visit off."""
        self._printing = printing
        self._worker.then(self._torn, self._found_torn)
        self._run(ListPapers())
        self._render()

    def _torn(self) -> TornOff | None:
        torn = torn_off(self._parts, self._mark.since())
        self._mark.lift()
        return torn

    def _found_torn(self, torn: TornOff | None) -> None:
        if torn is not None:
            logger.info("a visit was torn off: %s", torn.number or "nothing was spent in it")
            self._post(FoundTornOff(torn))

    def press(self, action: Action) -> None:
        """A button was pressed: one press, one command id."""
        self.handle(Pressed(action, CommandId(self._new_id())))

    def tick(self) -> None:
        """Let time pass; called a few times a second."""
        self.handle(Ticked())
        self._look()
        self._probe()
        self._expire()

    def _expire(self) -> None:
        """At the start and every hour: vouchers for this place whose last day has passed get that as their fate."""
        now, system = self._parts.system.monotonic(), self._parts.system
        if now < self._expire_at or not system.clock_ok() or isinstance(self.session.state, OutOfOrder):
            return
        office = self.session.office
        if office is None or not office.connected:
            return  # nobody waits for it, and an old image of a card must not write before it hears that it is one
        self._expire_at = now + EXPIRE_SECONDS
        self._worker.then(lambda: expire(self._parts, day_of(system.now_ms())), self._expired)

    def _expired(self, count: int) -> None:
        if count == BATCH:
            self._expire_at = 0.0  # more wait: a batch at a time leaves room for the visits between

    def _look(self) -> None:
        """Every second: what does the other process say of the office?"""
        now, state = self._parts.system.monotonic(), self.session.state
        if now >= self._look_at and (not isinstance(state, OutOfOrder) or state.code.startswith(ALARMS)):
            self._look_at = now + LOOK_SECONDS
            self._worker.then(self._see, lambda seen: self._looked(*seen))

    def _see(self) -> tuple[OfficeSeen, Refused | None, Board]:
        parts = self._parts
        return parts.journal.office.seen(), why_closed(parts, parts.rules(), parts.stamp()), parts.board()

    def _looked(self, seen: OfficeSeen, closed: Refused | None, board: Board) -> None:
        if board != self.session.board:
            self._post(BoardTold(board))
        if seen.alarm:
            self._post(JournalFailed(seen.alarm))
        elif isinstance(state := self.session.state, OutOfOrder) and state.code.startswith(ALARMS):
            # The station and its office put it right between them. This look may be older than another fault's code.
            self._post(JournalRecovered(state.code))
        # The other process refreshes this once a minute; if it died, what it said last is no longer true.
        now = self._parts.system.now_ms()
        age = None if seen.heard_at is None else abs(now - seen.heard_at)
        office = Office(
            connected=seen.connected and age is not None and age < HEARD_MS_MAX,
            heard_at=seen.heard_at,
            waiting=seen.waiting,
            done=seen.done,
            parked=seen.parked,
            oldest_ms=seen.oldest_ms(now),
            stopped=closed,
        )
        self._post(OfficeLooked(office))

    def _probe(self) -> None:
        """Every few seconds: is the disk that was full, or the file that somebody held, free again?"""
        now, state = self._parts.system.monotonic(), self.session.state
        retry = isinstance(state, OutOfOrder) and state.code == JournalUnwritable.code
        if not retry or now < self._probe_at:
            return
        self._probe_at = now + PROBE_SECONDS
        self._worker.probe(self._parts.journal.touch, lambda: self._post(JournalRecovered(JournalUnwritable.code)))

    def handle(self, event: Event) -> None:
        """Take one step."""
        before = self.session.state
        self.session, effects = step(self.session, event, self._parts.system.monotonic(), self._scene.times)
        if type(self.session.state) is not type(before):
            logger.info("screen: %s -> %s", type(before).__name__, type(self.session.state).__name__)
        self._mark_visit(before)
        for effect in effects:
            self._run(effect)
        self._render()

    def _mark_visit(self, before: State) -> None:
        """Since when somebody is here stands on the disk."""
        if begins(before, self.session.state):
            came = self._parts.system.now_ms()
            self._worker.then(lambda: self._mark.put(came), lambda _none: None)
        elif ends(before, self.session.state):
            self._worker.then(self._mark.lift, lambda _none: None)

    def _render(self) -> None:
        system = self._parts.system
        view = present(self.session, self._scene, Instant(system.now_ms(), system.monotonic(), system.clock_ok()))
        if view != self._shown:
            self._shown = view
            self._show(view)

    def _run(self, effect: Effect) -> None:
        parts, worker, post = self._parts, self._worker, self._post
        match effect:
            case LookUp(visit, code):
                worker.then(lambda: recognise(parts, code), lambda answer: post(Recognised(visit, answer)))
            case LookUpCard(visit, digest, year):
                worker.then(lambda: recognise_card(parts, digest, year), lambda answer: post(Recognised(visit, answer)))
            case AskOffice() | LookAtAsk() | Unask() | SendJoin() | PrintSlip() | WithdrawJoin():
                self._run_join(effect)
            case CarryOut(command, catalogue, name, rules, proxy):
                worker.then(
                    lambda: redeem(parts, command, catalogue, name, rules, proxy),
                    lambda answer: self._redeemed(command.command, answer),
                )
                parts.system.sleep(GIVE_WAY_SECONDS)
            case Fetch(key, command, catalogue, rules):
                worker.then(lambda: fetch(parts, key, command, catalogue, rules), lambda a: post(WishLooked(key, a)))
            case LookAtWish(key, resident, proxy, rules):
                worker.then(lambda: look(parts, key, resident, proxy, rules), lambda a: post(WishLooked(key, a)))
            case Unwish(key):
                worker.then(lambda: unwish(parts, key), lambda _none: None)
            case ListPapers():
                worker.then(lambda: waiting_papers(parts), lambda papers: post(PapersListed(papers)))
            case ReprintPaper(job, staff):
                worker.then(lambda: reprint(parts, job, staff), self._reprinted)
            case SettlePaper(job, staff):
                worker.then(lambda: set_aside(parts, job, staff), lambda refused: post(StaffAnswered(refused)))
            case ReadVouchers() | ReadHistory() | AskPaper() | LookElsewhere():
                self._run_own(effect)
            case other:
                carry_out(other, parts, worker, post)

    def _run_own(self, effect: OwnEffect) -> None:
        parts, worker, post = self._parts, self._worker, self._post
        match effect:
            case ReadVouchers(visit, who, proxy, page):
                worker.then(lambda: vouchers(parts, who, proxy, page), lambda read: post(PageRead(visit, who, read)))
            case ReadHistory(visit, who, page):
                worker.then(lambda: history(parts, who, page), lambda read: post(PageRead(visit, who, read)))
            case AskPaper(visit, who, proxy, number):
                worker.then(
                    lambda: ask_paper(parts, who, proxy, number),
                    lambda refused: post(PaperAsked(visit, number, refused)),
                )
            case LookElsewhere(visit, who, ask):
                worker.then(
                    lambda: elsewhere(parts, visit, who, ask=ask),
                    lambda told: post(ElsewhereLooked(visit, who, told)),
                )

    def _run_join(self, effect: JoinEffect) -> None:
        parts, worker, post = self._parts, self._worker, self._post
        match effect:
            case AskOffice(key, card):
                worker.then(lambda: ask(parts, key, card), lambda answer: post(OfficeAnswered(key, answer)))
            case LookAtAsk(key, card):
                worker.then(lambda: look_at_ask(parts, key, card), lambda answer: post(OfficeAnswered(key, answer)))
            case Unask(key):
                worker.then(lambda: unask(parts, key), lambda _none: None)
            case SendJoin(asked):
                worker.then(lambda: join(parts, asked), lambda answer: self._joined(asked.command, answer))
            case PrintSlip(slip):
                self._print_slip(slip)
            case WithdrawJoin(request):
                worker.then(lambda: withdraw_request(parts, request), lambda refused: post(WithdrawReported(refused)))

    def _joined(self, command: CommandId, answer: Joined | Refused) -> None:
        self._post(JoinReported(command, answer))
        if isinstance(answer, Joined) and answer.slip is not None:
            self._print_slip(answer.slip)  # afterwards: a printer may answer at once, and nobody would wait for it yet

    def _print_slip(self, slip: Slip) -> None:
        if self._printing is not None:
            self._printing.put_slip(slip)

    def _redeemed(self, command: CommandId, answer: Issued | Refused) -> None:
        # On the journal's thread: the paper is due as soon as the voucher stands, whatever the screen does meanwhile.
        if isinstance(answer, Issued):
            self._print(answer.job)
        self._post(Redeemed(command, answer))

    def _reprinted(self, answer: int | Refused) -> None:
        if isinstance(answer, Refused):
            self._post(StaffAnswered(answer))
        else:
            self._print(answer)  # the screen hears of it when the paper is out

    def _print(self, job: int) -> None:
        if self._printing is not None:
            self._printing.put(job)

    def _new_id(self) -> str:
        return self._parts.system.random_bytes(16).hex()
