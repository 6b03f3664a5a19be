"""What becomes of vouchers: handed over here, over by the calendar, decided by a partner and refunded here."""

from __future__ import annotations

from pathlib import Path

from domain.calendar import day_of
from domain.decide_place import Handing
from domain.facts import VoucherExpired, VoucherHonoured, VoucherRefunded
from domain.ids import Epoch, PlaceId, StationId
from domain.refusals import RefusalCode, Refused
from domain.rights import points_of
from domain.voucher import ItemKind, Voucher, code_of, pack, signed_message
from domain.voucher_number import VoucherNumber
from kiosk.desk.answers import Issued
from kiosk.desk.place import honour
from kiosk.desk.void import expire, void_shown
from kiosk.station import Folder
from sync.identity import SigningKey, read_secret
from tests.faults.at_the_desk import COMMANDS
from tests.faults.at_the_office import meet
from tests.faults.desk import AtDesk
from tests.faults.oracle import check_desk, said
from tests.faults.places import CHEN, HE, RICE, SHOES, STATION, Ends, Place, begin
from tests.faults.scenario import scenario
from tests.faults.staff import settled
from tests.support.system import START_MS

DAY_MS = 24 * 3_600_000
GOOD_DAYS = 30
OTHER = StationId("50019900100102")


def number_of(number: int) -> str:
    return VoucherNumber(Epoch(1), number).text(StationId(STATION))


def sold(desk: AtDesk) -> None:
    """All that is to be sold is, and lies on paper."""
    for command in COMMANDS:
        assert isinstance(desk.redeem(command), Issued)
    desk.reprint_all()


def paper_of_another(root: Path, number: int) -> str:
    """The code of a voucher of another station for this place, of whose issue nothing was heard."""
    key = SigningKey(1, read_secret(Folder(root / "other").voucher_key))
    today = day_of(START_MS)
    voucher = Voucher(
        OTHER, VoucherNumber(Epoch(1), number), PlaceId(STATION), ItemKind.GOODS, RICE, 1, 1, today, today, key.key_id
    )  # fmt: skip
    return code_of(pack(voucher), key.sign(signed_message(pack(voucher))))


def decided(answer: object) -> bool:
    return isinstance(answer, Refused) and answer.code is RefusalCode.VOUCHER_DECIDED


@scenario("honour", "honour", "fate")
class Honour:
    """Own vouchers by number and another station's by code are honoured once, and one is taken back."""

    def prepare(self, root: Path) -> None:
        from config.link import Broker
        from office.services.enrol import enrol

        begin(root)
        place = Place(root, 0)
        enrol(place.office(), OTHER, "隔壁驿站", Broker(host="127.0.0.1", port=1883, mqtt="5"), root / "other")
        meet(place)

    def play(self, root: Path, life: int) -> None:
        desk = AtDesk(Place(root, life))
        sold(desk)
        for number in range(1, len(COMMANDS)):
            own = desk.do(honour, number_of(number), Handing(HE))
            other = desk.do(honour, paper_of_another(root, number), Handing(HE))
            assert all(isinstance(answer, Voucher) or decided(answer) for answer in (own, other))
        refused = desk.do(void_shown, number_of(len(COMMANDS)), HE, "拿错了")
        assert refused is None or decided(refused)
        desk.close()

    def check(self, root: Path) -> None:
        from office.books.models import PlaceFate, Voucher

        check_desk(root, set(COMMANDS))
        journal = settled(root)
        honoured = ["honoured"] * (len(COMMANDS) - 1)
        assert said(journal, VoucherHonoured) == 2 * len(honoured)
        assert list(Voucher.objects.order_by("number").values_list("fate", flat=True)) == [*honoured, "void"]
        told = PlaceFate.objects.filter(station=OTHER, settled=False)
        assert list(told.values_list("fate", flat=True)) == honoured
        journal.close()


@scenario("expire", "expire", "fate")
class Expire:
    """Sold on different days, over on different days."""

    def prepare(self, root: Path) -> None:
        begin(root)

    def play(self, root: Path, life: int) -> None:
        place = Place(root, life)
        desk = AtDesk(place)
        for days, command in enumerate(COMMANDS):
            place.system.wall_ms = START_MS + days * DAY_MS
            assert isinstance(desk.redeem(command), Issued)
        desk.reprint_all()
        for days in range(len(COMMANDS)):
            place.system.wall_ms = START_MS + (GOOD_DAYS + 1 + days) * DAY_MS
            desk.do(expire, day_of(place.system.now_ms()))
        desk.close()

    def check(self, root: Path) -> None:
        from office.books.models import Voucher

        check_desk(root, set(COMMANDS))
        journal = settled(root)
        points = journal.rights.get(points_of(CHEN))
        assert said(journal, VoucherExpired) == len(COMMANDS)
        assert points.spent == points.refunded == sum(Voucher.objects.values_list("points", flat=True))
        journal.close()


FATES = ("void", "honoured", "void", "honoured", "void")


@scenario("partner", "decided", "refund")
class Partner:
    """A person at the office writes the fates of a partner's vouchers; the station refunds what came to nothing."""

    def prepare(self, root: Path) -> None:
        begin(root)
        place = Place(root, 0)
        desk = AtDesk(place)
        for command in COMMANDS:
            assert isinstance(desk.redeem(command, item=SHOES), Issued)
        desk.close()
        meet(place)

    def play(self, root: Path, life: int) -> None:
        from office.books.models import Voucher
        from office.services.partners import write_fate

        place = Place(root, life)
        ends = Ends(place)
        for voucher, fate in zip(Voucher.objects.order_by("number"), FATES, strict=True):
            if not voucher.fate:
                write_fate(place.office(), voucher, fate)
            ends.until_in_step()
        ends.close()

    def check(self, root: Path) -> None:
        from office.books.models import Voucher

        check_desk(root, set(COMMANDS))
        journal = settled(root)
        rows = Voucher.objects.order_by("number").values_list("fate", "refunded", "points")
        assert [(fate, refunded) for fate, refunded, _ in rows] == [(fate, fate == "void") for fate in FATES]
        assert said(journal, VoucherRefunded) == FATES.count("void")
        refunded = sum(points for fate, _, points in rows if fate == "void")
        assert journal.rights.get(points_of(CHEN)).refunded == refunded > 0
        journal.close()
