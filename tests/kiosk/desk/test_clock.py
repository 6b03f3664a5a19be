"""Whatever the clock says, the same is sold: balances, numbers and vouchers are those of a run with a right clock."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from devices.paper import Pair
from domain.calendar import UNKNOWN_DAY
from domain.commands import VoidVoucher
from domain.ids import Day, Epoch
from domain.voucher import parse_code
from domain.voucher_number import VoucherNumber
from kiosk.desk.answers import Issued
from kiosk.desk.papers import reprint, set_aside, waiting_papers
from kiosk.desk.void import void
from kiosk.journal.journal import Journal, connection_of
from kiosk.journal.verify import verify
from kiosk.papers.voucher import decode_content, voucher_paper
from kiosk.texts import load_texts
from tests.support.desk import HE, LI, TestDesk
from tests.support.system import START_MS, FakeSystem

DAY_MS = 24 * 3600 * 1000
YEAR_MS = 365 * DAY_MS


@dataclass
class CrookedSystem(FakeSystem):
    """``jump_ms`` is added at every look from the ``jump_at``-th on: also between two looks inside one redemption."""

    jump_at: int = 0
    jump_ms: int = 0
    looks: int = field(default=0, init=False)

    def now_ms(self) -> int:
        self.looks += 1
        return self.wall_ms + (self.jump_ms if self.jump_at and self.looks >= self.jump_at else 0)


WRONG: dict[str, dict[str, Any]] = {
    "1970, not known to be right": {"wall_ms": 0, "synchronised": False},
    "1970, believed": {"wall_ms": 0},
    "ten years ahead, not known to be right": {"wall_ms": START_MS + 10 * YEAR_MS, "synchronised": False},
    "ten years ahead, believed": {"wall_ms": START_MS + 10 * YEAR_MS},
    "one day back": {"wall_ms": START_MS - DAY_MS},
    "one day back, not known to be right": {"wall_ms": START_MS - DAY_MS, "synchronised": False},
} | {
    f"{name} from look {at} on": {"jump_at": at, "jump_ms": ms}
    for name, ms in (("to 1970", -START_MS), ("ten years ahead", 10 * YEAR_MS), ("one day back", -DAY_MS))
    for at in range(1, 24)
}


def play(desk: TestDesk) -> list[Any]:
    """A morning: sales, a paper printed again, one that was there after all, a voucher made void, a start between."""
    done: list[Any] = [desk.redeem("a"), desk.redeem("b", item=201), desk.redeem("c", resident=LI, item=201)]
    done += [desk.redeem("d"), desk.redeem("d"), desk.redeem("e")]  # one twice, one without points left for it
    desk.system.advance(3600)
    desk.reopen()
    done.append(sorted(paper.number for paper in waiting_papers(desk.parts)))
    done += [reprint(desk.parts, 1, HE), set_aside(desk.parts, 2, HE)]
    done.append(void(desk.parts, VoidVoucher(VoucherNumber(Epoch(1), 4), HE, "拿错了")))
    done += [desk.redeem("f", item=201), desk.redeem("g", item=999)]
    return [_without_days(one) for one in done]


def _without_days(answer: Any) -> Any:
    return (answer.number, answer.points, answer.left, answer.job) if isinstance(answer, Issued) else answer


def standing(journal: Journal) -> dict[str, Any]:
    """Everything that counts, without days."""
    connection = connection_of(journal)
    return {
        "counters": connection.execute("SELECT * FROM counters ORDER BY 1, 2, 3").fetchall(),
        "fates": connection.execute("SELECT number, fate FROM vouchers ORDER BY number").fetchall(),
        "papers": connection.execute("SELECT number, copy, state FROM print_jobs ORDER BY id").fetchall(),
        "vouchers": [_struct(journal, number) for number in range(1, journal.vouchers.next_number())],
    }


def _struct(journal: Journal, number: int) -> Any:
    voucher, _, _ = parse_code(journal.vouchers.code(VoucherNumber(Epoch(1), number)))
    return (voucher.number, voucher.points, voucher.item, voucher.pieces, voucher.place, voucher.station, voucher.kind)


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Any], dict[str, Any]]:
    desk = TestDesk(tmp_path_factory.mktemp("right"), CrookedSystem())
    answers = play(desk), standing(desk.journal)
    desk.journal.close()
    return answers


@pytest.mark.parametrize("name", WRONG)
def test_the_same_is_sold(tmp_path: Path, expected: tuple[list[Any], dict[str, Any]], name: str) -> None:
    desk = TestDesk(tmp_path, CrookedSystem(**WRONG[name]))
    assert (play(desk), standing(desk.journal)) == expected
    assert verify(desk.journal).sound
    desk.journal.close()


@pytest.mark.parametrize("name", [name for name in WRONG if "not known" in name])
def test_no_day_is_printed_or_signed_while_the_clock_is_not_known_to_be_right(tmp_path: Path, name: str) -> None:
    desk = TestDesk(tmp_path, CrookedSystem(**WRONG[name]))
    desk.issued()
    job = desk.journal.jobs.get(1)
    assert job is not None
    content = decode_content(job.content)
    texts = load_texts()
    pairs = {part.label: part.value for part in voucher_paper(content, 0, texts) if isinstance(part, Pair)}
    assert (pairs["兑换时间"], pairs["有效期至"]) == (texts("paper.day.unknown"), texts("paper.expires.none"))
    voucher, _, _ = parse_code(content.code)
    assert (voucher.issued, voucher.expires) == (UNKNOWN_DAY, UNKNOWN_DAY)
    desk.journal.close()


def test_a_jump_inside_a_redemption_gives_one_instant_to_entry_voucher_and_paper(tmp_path: Path) -> None:
    """The clock is asked once: what is signed, what is printed and what is written cannot differ."""
    desk = TestDesk(tmp_path, CrookedSystem())
    assert isinstance(desk.system, CrookedSystem)
    before = desk.system.looks
    desk.issued()
    assert desk.system.looks == before + 1
    voucher, _, _ = parse_code(desk.journal.vouchers.code(VoucherNumber(Epoch(1), 1)))
    assert voucher.expires == Day(voucher.issued + 30)
    desk.journal.close()
