"""What the device tests share: a clock that can jump, the face, a voucher, a name for a port that stays the same."""

from __future__ import annotations

import time
from pathlib import Path

from devices.drivers.printer.printer import EscPosPrinter, Patience
from devices.drivers.printer.profile import PROFILES, Profile
from devices.drivers.transport import Transport
from devices.drivers.wire import SerialTransport
from devices.paper import Align, Cut, Pair, Paper, Qr, Rule, Text

FACE = Path("build/fonts/YizhanSans-Regular.otf")
QR_PAYLOAD = "YZ1:" + "A7K9" * 36
assert len(QR_PAYLOAD) == 148

VOUCHER: Paper = (
    Text("幸福里社区便民驿站", Align.CENTRE, 2, bold=True),
    Text("积分兑换凭证", Align.CENTRE),
    Rule(),
    Pair("姓名", "张*三"),
    Pair("商品", "东北珍珠大米 5 公斤装"),
    Pair("数量", "2 袋"),
    Pair("使用积分", "－1,200"),
    Pair("剩余积分", "3,480"),
    Pair("凭证号", "A3-000127"),
    Pair("经办人", "站长 李*梅"),
    Pair("兑换时间", "2026-11-22 09:38"),
    Rule(),
    Text("请在七日内凭此凭证到服务窗口领取，逾期作废。", Align.CENTRE),
    Text("咨询电话 0731-8888 6666，工作日九时至十七时", Align.CENTRE),
    Qr(QR_PAYLOAD),
    Cut(),
)
SHORT: Paper = (Text("第一张"), Cut())
OTHER: Paper = (Text("第二张"), Cut())


class JumpingClock:
    """The machine's clock; ``jump`` lets time pass at once."""

    def __init__(self) -> None:
        self._ahead = 0.0

    def monotonic(self) -> float:
        return time.monotonic() + self._ahead

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds)

    def jump(self, seconds: float) -> None:
        self._ahead += seconds


QUICK = Patience(reply_seconds=0.8, write_seconds=0.5, fence_seconds=2.0, quiet_seconds=0.02)


def quick_printer(
    line: str | Transport,
    clock: JumpingClock | None = None,
    profile: str | Profile = "80mm",
    baud: int = 115200,
    patience: Patience = QUICK,
) -> EscPosPrinter:
    """The real driver with short patience, on a serial line unless another is given."""
    kind = PROFILES[profile] if isinstance(profile, str) else profile
    return EscPosPrinter(
        transport=SerialTransport(path=line, baud=baud, flow=kind.flow) if isinstance(line, str) else line,
        profile=kind,
        clock=clock or JumpingClock(),
        face=FACE,
        patience=patience,
    )


def plug(link: Path, path: str) -> str:
    """Let the stable name ``link`` lead to ``path``, as udev does."""
    link.unlink(missing_ok=True)
    link.symlink_to(path)
    return str(link)
