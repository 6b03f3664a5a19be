"""Somebody asks to join at a station; the office looks, says yes or no, and forgets."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from domain.entries import decode_entry
from domain.facts import JoinAsked, JoinWithdrawn
from domain.ids import CommandId, ResidentId
from domain.joining import DIGEST
from kiosk.desk.answers import AskToJoin, Joined, NotKnown, ResidentHere, UnknownCard
from kiosk.desk.ask import ask, look_at_ask, unask
from kiosk.desk.join import join, withdraw_request
from kiosk.desk.recognise import recognise, recognise_card
from kiosk.desk.wish_states import NoLine, Waiting
from kiosk.journal.journal import connection_of
from kiosk.journal.verify import verify
from office.books.models import Card, DownEntry, JoinRequest, Resident, UpEntry
from office.faults import BadValue, Unknown
from office.services.erasing import ask_erasure, confirm_erasure
from office.services.joining import accept, forget_due, given_with, refuse, take_request
from office.services.people import tell_stations
from office.worker.asking import AT_ONCE, Asking
from sync.frame import Want
from tests.office.world import FIRST, SECOND, OfficeWorld
from tests.support.joining import JoiningStation

ID_CARD, PHONE = "1:" + "a" * 64, "13800000000"
VISIT = "v" * 32


@pytest.fixture
def station(office: OfficeWorld, tmp_path: Path) -> Iterator[JoiningStation]:
    made = JoiningStation(office, tmp_path)
    yield made
    made.journal.close()


def asked(station: JoiningStation, command: str = "c", **given: object) -> Joined:
    words = {"id_cards": (ID_CARD,), "phone": PHONE, **given}
    answer = join(station.parts, AskToJoin(CommandId(command * 32), **words))  # type: ignore[arg-type]
    assert isinstance(answer, Joined)
    return answer


def unknown(station: JoiningStation, digest: str = ID_CARD) -> UnknownCard:
    found = recognise_card(station.parts, digest)
    assert isinstance(found, UnknownCard)
    return found


def secrets(station: JoiningStation) -> list[object]:
    rows = connection_of(station.journal).execute("SELECT private FROM entries WHERE private IS NOT NULL")
    return [row[0] for row in rows] + list(UpEntry.objects.exclude(private=None).values_list("private", flat=True))


def test_a_request_comes_to_the_office_and_nothing_of_the_person_is_in_its_entry(station: JoiningStation) -> None:
    asked(station)
    station.talk()
    row = JoinRequest.objects.get()
    assert (row.number, row.station_id, row.state, row.minor) == ("A-0001", FIRST, "asked", False)
    given = given_with(row)
    assert given is not None
    assert (given.id_card, given.phone) == (ID_CARD, PHONE)
    data = bytes(UpEntry.objects.get(kind="join_asked").data).decode()
    assert PHONE not in data
    assert ID_CARD not in data
    assert verify(station.journal).sound


def test_who_is_accepted_is_a_resident_with_slip_and_id_card(station: JoiningStation) -> None:
    joined = asked(station)
    station.talk()
    assert joined.slip is not None
    before = recognise(station.parts, joined.slip.code)
    assert isinstance(before, UnknownCard)
    assert before.request is not None
    assert before.request.state == "asked"
    person = accept(station.office.parts, "A-0001", "王秀英", FIRST)
    station.talk()
    for found in (recognise(station.parts, joined.slip.code), recognise_card(station.parts, ID_CARD)):
        assert isinstance(found, ResidentHere)
        assert (found.resident, found.name) == (person.pk, "王*英")
    assert verify(station.journal).sound
    with pytest.raises(Unknown):
        accept(station.office.parts, "A-0001", "王秀英", FIRST)
    with pytest.raises(BadValue):
        accept(station.office.parts, "c" * 32, "王秀英", FIRST)


def test_a_refusal_is_said_where_it_was_asked_and_can_be_taken_back(station: JoiningStation) -> None:
    asked(station)
    station.talk()
    refuse(station.office.parts, "A-0001", "请带户口本到社区")
    station.talk()
    request = unknown(station).request
    assert request is not None
    assert (request.state, request.reason) == ("refused", "请带户口本到社区")
    accept(station.office.parts, "A-0001", "王秀英", FIRST)
    station.talk()
    assert isinstance(recognise_card(station.parts, ID_CARD), ResidentHere)


def test_asking_twice_is_one_request(station: JoiningStation) -> None:
    first = asked(station)
    again = asked(station, "d")
    assert (again.request, again.slip) == (first.request, None)
    assert asked(station, "c", id_cards=()).request == first.request  # the same press, once more
    station.talk()
    assert JoinRequest.objects.count() == 1
    take_request(station.office.parts, FIRST, 1, UpEntry.objects.get(kind="join_asked").number)
    assert JoinRequest.objects.count() == 1


@pytest.mark.parametrize("how", ["withdrawn", "unanswered", "refused", "accepted", "erased"])
def test_what_was_given_is_forgotten_at_both_ends(station: JoiningStation, how: str) -> None:
    office, joined = station.office, asked(station)
    station.talk()
    assert len(secrets(station)) == 2
    if how == "refused":
        refuse(office.parts, "A-0001", "人不在")
    if how in ("accepted", "erased"):
        person = accept(office.parts, "A-0001", "王秀英", FIRST)
    if how == "erased":
        confirm_erasure(office.parts, ask_erasure(office.parts, person.pk, "本人要求").pk)
    if how == "withdrawn":
        assert withdraw_request(station.parts, joined.request.request) is None
        assert recognise_card(station.parts, ID_CARD) == UnknownCard((ID_CARD,), id_card=True)
    station.talk()
    if how in ("unanswered", "refused", "accepted"):
        assert forget_due(office.parts) == 0
        old = office.parts.now() - timedelta(days=31)
        JoinRequest.objects.update(received_at=old)
        JoinRequest.objects.exclude(decided_at=None).update(decided_at=old)
        assert forget_due(office.parts) == 1
        assert forget_due(office.parts) == 0
        station.talk()
    row = JoinRequest.objects.get()
    assert (row.state, row.resident, row.reason) == ("forgotten", None, "")
    assert secrets(station) == []
    assert station.journal.joins.get(joined.request.request) is None
    assert verify(station.journal).sound
    assert asked(station, "e").request.number == "A-0002"  # no number is given twice


def test_whoever_is_known_meanwhile_is_answered_at_once(station: JoiningStation) -> None:
    asked(station)
    person = station.office.residents["李明"]
    Card.objects.create(digest=ID_CARD, resident=person, issued_at=station.office.parts.now())
    station.talk()
    row = JoinRequest.objects.get()
    assert (row.state, row.resident_id) == ("accepted", person.pk)


def test_a_part_that_is_not_what_the_entry_sealed_is_not_believed(station: JoiningStation) -> None:
    asked(station)
    connection_of(station.journal).execute(
        "UPDATE entries SET private = ? WHERE private IS NOT NULL", (b'{"phone":""}',)
    )
    station.talk()
    row = JoinRequest.objects.get()
    assert row.state == "forgotten"
    assert given_with(row) is None


@pytest.mark.parametrize(
    "fact",
    [
        JoinAsked("x", 1, "1:" + "b" * 64, 1),
        JoinAsked("a" * 32, 0, "1:" + "b" * 64, 1),
        JoinAsked("a" * 32, 1_000_000, "1:" + "b" * 64, 1),
        JoinAsked("a" * 32, 1, "not a digest", 1),
        JoinAsked("a" * 32, 1, "1:" + "b" * 64, -1),
        JoinWithdrawn("../../etc"),
    ],
)
def test_what_cannot_be_is_parked(office: OfficeWorld, fact: JoinAsked | JoinWithdrawn) -> None:
    end = office.ends[FIRST]
    end.open()
    end.write(end.entry(fact))
    assert office.talk(FIRST) == []
    assert UpEntry.objects.get(kind=fact.KIND).parked.startswith("entry.range")
    assert not JoinRequest.objects.exists()


def test_another_station_takes_nothing_back(station: JoiningStation) -> None:
    asked(station)
    station.talk()
    end = station.office.ends[SECOND]
    end.open()
    end.write(end.entry(JoinWithdrawn("c" * 32)))
    end.write(end.entry(JoinAsked("c" * 32, 1, "1:" + "e" * 64, 1)))
    station.office.talk(SECOND, station.now)
    station.rights.after(station.office.stores[SECOND], station.now)
    assert JoinRequest.objects.get().state == "asked"
    assert JoinRequest.objects.get().station_id == FIRST


def test_only_a_name_and_a_station_that_can_be_are_taken(station: JoiningStation) -> None:
    asked(station)
    station.talk()
    for name, home in (("", FIRST), ("王" * 21, FIRST), ("王秀英", "50019900100199")):
        with pytest.raises((BadValue, Unknown)):
            accept(station.office.parts, "A-0001", name, home)
    with pytest.raises(BadValue):
        refuse(station.office.parts, "A-0001", "")
    with pytest.raises(Unknown):
        refuse(station.office.parts, "A-0002", "没有这个")
    assert not Resident.objects.filter(name__startswith="王").exists()


def test_whoever_nobody_knows_is_asked_for_and_nothing_is_logged(station: JoiningStation) -> None:
    station.talk()
    before = (DownEntry.objects.count(), UpEntry.objects.count(), station.journal.chain.head().number)
    card = unknown(station)
    assert ask(station.parts, VISIT, card) == Waiting()  # type: ignore[arg-type]
    station.talk()
    assert look_at_ask(station.parts, VISIT, card) == NotKnown()  # type: ignore[arg-type]
    assert (DownEntry.objects.count(), UpEntry.objects.count(), station.journal.chain.head().number) == before
    unask(station.parts, VISIT)  # type: ignore[arg-type]
    assert station.journal.asks.open(8) == ()


def test_whoever_the_office_knows_is_listed_and_recognised(station: JoiningStation) -> None:
    station.talk()
    card, person = unknown(station), station.office.residents["陈桂芳"]
    Card.objects.create(digest=ID_CARD, resident=person, issued_at=station.office.parts.now())
    before = DownEntry.objects.count()
    assert ask(station.parts, VISIT, card) == Waiting()  # type: ignore[arg-type]
    station.talk()
    found = look_at_ask(station.parts, VISIT, card)  # type: ignore[arg-type]
    assert isinstance(found, ResidentHere)
    assert found.resident == ResidentId(person.pk)
    assert DownEntry.objects.count() == before + 1  # however often it was asked


def test_what_is_on_its_way_is_not_written_twice(station: JoiningStation) -> None:
    station.talk()
    person = station.office.residents["陈桂芳"]
    Card.objects.create(digest=ID_CARD, resident=person, issued_at=station.office.parts.now())
    tell_stations(station.office.parts, person)
    before = DownEntry.objects.count()
    assert Asking(station.office.parts).hear(FIRST, [Want(VISIT, "who/" + ID_CARD, 1)], 0.0)[0].amount == 1
    assert DownEntry.objects.count() == before


def test_numbers_cannot_be_tried(office: OfficeWorld) -> None:
    asking = Asking(office.parts)
    digests = [f"1:{number:064x}" for number in range(200)]
    answers = [one for digest in digests for one in asking.hear(FIRST, [Want(VISIT, "who/" + digest, 1)], 0.0)]
    assert len(answers) == int(AT_ONCE)
    assert all(DIGEST.fullmatch(one.right.removeprefix("who/")) for one in answers)
    assert len(asking.hear(FIRST, [Want(VISIT, "who/" + digests[0], 1)], 0.0)) == 1  # heard before: free
    assert asking.hear(SECOND, [Want(VISIT, "who/" + digests[0], 1)], 0.0)  # another station has its own


@pytest.mark.parametrize(
    "right", ["who/", "who/x", "who/1:" + "g" * 64, "who/1:" + "a" * 63, "who/" + "9" * 6 + ":" + "a" * 64]
)
def test_what_is_no_digest_gets_no_answer(office: OfficeWorld, right: str) -> None:
    assert Asking(office.parts).hear(FIRST, [Want(VISIT, right, 1)], 0.0) == []
    assert (
        Asking(office.parts).hear(FIRST, [Want("", "who/" + ID_CARD, 1), Want("v" * 41, "who/" + ID_CARD, 1)], 0.0)
        == []
    )


def test_an_answer_that_nobody_asked_for_changes_nothing(station: JoiningStation) -> None:
    log = station.office.logs[FIRST]
    log.want((Want(VISIT, "who/" + ID_CARD, 0), Want(VISIT, "who/" + ID_CARD, 7), Want("x", "who/", 1)))
    station.talk()
    assert connection_of(station.journal).execute("SELECT count(*) FROM asks").fetchone() == (0,)


def test_without_a_line_nothing_is_asked(station: JoiningStation) -> None:
    station.online(0)
    assert ask(station.parts, VISIT, unknown(station)) == NoLine()  # type: ignore[arg-type]
    assert station.journal.asks.open(8) == ()


def test_so_many_that_no_more_are_taken(station: JoiningStation) -> None:
    most = station.parts.rules().join_waiting_max
    for number in range(most):
        answer = join(station.parts, AskToJoin(CommandId(f"{number:032x}")))
        assert isinstance(answer, Joined)
    answer = join(station.parts, AskToJoin(CommandId("f" * 32)))
    assert getattr(answer, "code", None) == "join.full"
    assert decode_entry(station.journal.chain.first() or b"").kind == "epoch_opened"
