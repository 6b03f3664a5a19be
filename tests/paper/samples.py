"""Papers whose bytes are frozen. Made again with: python -m tests.paper.samples (then look at every picture)."""

from __future__ import annotations

from pathlib import Path

import msgspec

from devices.drivers.printer.profile import PROFILES
from devices.drivers.printer.render import render
from devices.paper import Paper
from devices.simulated.paper.draw import png
from devices.simulated.paper.interpreter import Interpreter
from domain import slip
from domain.ids import Day, Epoch, ItemId, PlaceId, StationId
from domain.voucher import ItemKind, Voucher, code_of, pack, signed_message
from domain.voucher_number import VoucherNumber
from kiosk.papers.checklist import Bring, ChecklistContent, checklist_paper
from kiosk.papers.closing import ClosingContent, Figure, closing_paper
from kiosk.papers.slip import Slip, slip_paper
from kiosk.papers.ticket import TicketContent, garment_tag, ticket_stub
from kiosk.papers.voucher import VoucherContent, voucher_paper
from kiosk.texts import load_texts
from sync.identity import SigningKey
from tests.support.station import FONTS, ROOT

GOLDEN = ROOT / "tests" / "paper" / "golden"
FACE = FONTS / "YizhanSans-Regular.otf"
KEY = SigningKey(1, b"golden paper key of the tests.. ")
STATION = StationId("50019900100101")
VOUCHER = Voucher(
    station=STATION,
    number=VoucherNumber(Epoch(1), 42),
    place=PlaceId(STATION),
    kind=ItemKind.GOODS,
    item=ItemId(101),
    pieces=1,
    points=120,
    issued=Day(2517),
    expires=Day(2547),
    key_id=1,
)
CONTENT = VoucherContent(
    station="学田湾社区党群驿站",
    kind="goods",
    item="东北大米 5公斤",
    pieces=1,
    unit="袋",
    points=120,
    left=260,
    name="陈*芳",
    place="学田湾社区党群驿站",
    issued="2026-11-22 10:24",
    expires="2026-12-22",
    number=VOUCHER.text,
    code=code_of(pack(VOUCHER), KEY.sign(signed_message(pack(VOUCHER)))),
)

TICKET = TicketContent(
    station="学田湾社区党群驿站",
    service="爱心裁缝铺",
    number="缝 A-012",
    job="改裤脚",
    measure="裤脚 -3 cm",
    pieces=2,
    unit="条",
    received="2026-11-22 10:24",
    promised="2026-11-26",
    shelf="3 号架 2 层",
    hours="周一至周五 9:00-17:00",
    code="YZT1:5001990010010100010000125",
)
CHECKLIST = ChecklistContent(
    station="学田湾社区党群驿站",
    matter="高龄津贴申请",
    for_whom="年满 80 周岁、户口在本社区的老人。可以由家人代办。",
    bring=(
        Bring("本人身份证", "原件和复印件 1 份"),
        Bring("户口簿", "首页和本人页复印件"),
        Bring("本人银行卡", "社保卡也可以"),
        Bring("近期一寸照片 2 张"),
        Bring("代办人身份证", "家人代办时才要带"),
    ),
    where="社区便民服务中心 2 号窗口",
    hours="周一至周五 9:00-17:00",
    phone="023-8888 6666",
    printed="2026-11-22",
    code="HTTPS://EXAMPLE.ORG/G/12",
    sample=True,
)
SLIP = Slip(
    request="c" * 32,
    number="A-0012",
    code=slip.code_of(STATION[:6], bytes(range(16))),
    station="学田湾社区党群驿站",
    asked="2026-11-22 10:24",
    until="2026-12-22",
)
CLOSING = ClosingContent(
    station="学田湾社区党群驿站",
    day="2026-11-22",
    opened="08:55 何静",
    closed="17:10 赵𬭎",  # a rare name, drawn as dots
    done=(
        Figure("开出兑换券", "12 张，980 分"),
        Figure("兑付", "11 张"),
        Figure("作废", "1 张，退 30 分"),
        Figure("补打", "2 张"),
        Figure("收件", "9 件"),
        Figure("取走", "7 件"),
    ),
    left=(Figure("待补打纸条", "0 张"), Figure("待取衣物", "14 件"), Figure("没送到总站的记录", "23 条")),
    stock=(Figure("东北大米 5公斤", "11 袋"), Figure("菜籽油 1.8升", "6 桶"), Figure("土鸡蛋 10枚", "0 盒")),
)


def papers() -> dict[str, Paper]:
    """Every frozen paper by name."""
    texts = load_texts()
    return {
        "voucher": voucher_paper(CONTENT, 0, texts),
        "voucher-reprint": voucher_paper(CONTENT, 1, texts),
        "voucher-proxy": voucher_paper(msgspec.structs.replace(CONTENT, proxy="欧阳*珍"), 0, texts),
        "stub": ticket_stub(TICKET, 0, texts),
        "tag": garment_tag(TICKET, 0, texts),
        "checklist": checklist_paper(CHECKLIST, texts),
        "closing": closing_paper(CLOSING, 0, texts),
        "slip": slip_paper(SLIP, texts),
    }


def rendered(name: str, profile: str) -> bytes:
    """The bytes of a paper now."""
    return render(papers()[name], PROFILES[profile], FACE)


def remake(folder: Path) -> None:
    """Write bytes, text and picture of every paper."""
    folder.mkdir(exist_ok=True)
    for name in papers():
        for profile in ("80mm", "58mm"):
            data = rendered(name, profile)
            interpreter = Interpreter(dots=PROFILES[profile].dots, cutter=PROFILES[profile].cutter)
            interpreter.feed(data)
            (paper,) = interpreter.papers
            stem = folder / f"{name}-{profile}"
            stem.with_suffix(".bin").write_bytes(data)
            stem.with_suffix(".txt").write_text(paper.text + "\n", encoding="utf-8")
            stem.with_suffix(".png").write_bytes(png(paper, FACE))


if __name__ == "__main__":
    remake(GOLDEN)
