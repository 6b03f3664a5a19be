"""The other shapes of paper that a station prints: tag, stub, list and closing. Frozen like the voucher.

Their words are examples: what the layout must be able to do is what counts. Made again with
``python -m tests.paper.shapes`` (then look at every picture).
"""

from __future__ import annotations

from pathlib import Path

from devices.drivers.printer.profile import PROFILES
from devices.drivers.printer.render import render
from devices.paper import Align, Cut, Feed, Pair, Paper, Qr, Rule, Text
from devices.simulated.paper.draw import png
from devices.simulated.paper.interpreter import Interpreter
from devices.simulated.paper.parts import InterpretedPaper
from tests.paper.samples import FACE, GOLDEN

WIDTHS = ("80mm", "58mm")

_WAITING = (
    ("A-000042-0", "东北大米 5公斤", "没有打出"),
    ("A-000047-9", "裤脚改短（牛仔裤、双线）", "不能确定"),
    ("A-000051-2", "家电检修 上门", "没有打出"),
)
_SUMS = (("开出兑换券", "38 张"), ("补打", "2 张"), ("作废", "1 张"), ("使用积分", "4,620 分"), ("退回积分", "120 分"))

SHAPES: dict[str, Paper] = {
    # A tag is pinned to the garment: the number must be read from afar. A rare name in it is drawn.
    "garment-tag": (
        Text("047", Align.CENTRE, scale=4, bold=True),
        Text("裤脚改短 3 厘米", Align.CENTRE, scale=2),
        Rule(),
        Pair("衣物", "深蓝色牛仔裤，左膝有补丁"),
        Pair("姓名", "欧阳𬭎"),
        Pair("取件", "11月29日 上午", bold=True),
        Qr("YZT:50019900100101:A000047"),
        Cut(),
    ),
    "ticket-stub": (
        Text("重阳节戏曲专场", Align.CENTRE, scale=2, bold=True),
        Text("学田湾社区党群驿站　二楼多功能厅", Align.CENTRE),
        Rule(),
        Pair("时间", "2026-10-18 14:30 至 16:00"),
        Pair("座位", "3 排 12 座", bold=True),
        Pair("姓名", "陈*芳"),
        Qr("YZA:1018:0312:7K9QX2", module_dots=5),
        Text("请提前十分钟入场。凭票根换茶水一份。", Align.CENTRE),
        Cut(),
    ),
    "papers-list": (
        Text("等工作人员处理的纸条", Align.CENTRE, bold=True),
        Text("2026-11-22 17:02", Align.CENTRE),
        Rule(),
        *(part for number, item, state in _WAITING for part in (Pair(number, state, bold=True), Text(item), Feed(1))),
        Rule(),
        Pair("合计", f"{len(_WAITING)} 张"),
        Cut(),
    ),
    "day-closing": (
        Text("日结", Align.CENTRE, scale=2, bold=True),
        Text("学田湾社区党群驿站", Align.CENTRE),
        Pair("日期", "2026-11-22　星期日"),
        Rule(),
        *(Pair(label, value) for label, value in _SUMS),
        Rule(),
        Pair("流水", "第 1842 笔至第 1907 笔"),
        Pair("校验", "7F3A-09C2-D41E-88B0"),
        Feed(2),
        Pair("签字", "＿＿＿＿＿＿＿＿"),
        Cut(),
    ),
}


def rendered(name: str, width: str) -> bytes:
    """The bytes of a paper now."""
    return render(SHAPES[name], PROFILES[width], FACE)


def read(data: bytes, width: str) -> InterpretedPaper:
    """The one paper that the bytes are."""
    interpreter = Interpreter(dots=PROFILES[width].dots, cutter=PROFILES[width].cutter)
    interpreter.feed(data)
    (paper,) = interpreter.papers
    return paper


def remake(folder: Path) -> None:
    """Write bytes, text and picture of every paper."""
    for name in SHAPES:
        for width in WIDTHS:
            data = rendered(name, width)
            paper = read(data, width)
            stem = folder / f"{name}-{width}"
            stem.with_suffix(".bin").write_bytes(data)
            stem.with_suffix(".txt").write_text(paper.text + "\n", encoding="utf-8")
            stem.with_suffix(".png").write_bytes(png(paper, FACE))


if __name__ == "__main__":
    remake(GOLDEN)
