"""Print a short paper with a QR code, and say how it ended.

    python -m devices.examples.print_paper /dev/serial/by-id/… --profile 58mm
    python -m devices.examples.print_paper --simulated

Needs the extra ``printer``.
"""

from __future__ import annotations

import argparse

from devices.clock import MachineClock
from devices.drivers.printer.printer import EscPosPrinter
from devices.drivers.printer.profile import PROFILES
from devices.drivers.wire import SerialTransport
from devices.paper import Align, Cut, Pair, Paper, Qr, Rule, Text
from devices.ports import PrintState
from devices.simulated.printer import SimulatedPrinter

PAPER: Paper = (
    Text("便民驿站", Align.CENTRE, 2, bold=True),
    Rule(),
    Pair("商品", "东北大米"),
    Pair("数量", "2 袋"),
    Qr("HELLO:42"),
    Cut(),
)


def main() -> int:
    """Exit code 0 when the paper was printed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", nargs="?", help="the serial port of the printer")
    parser.add_argument("--baud", type=int, default=115200)
    parser.add_argument("--profile", choices=PROFILES, default="80mm")
    parser.add_argument("--simulated", action="store_true", help="a simulated printer")
    given = parser.parse_args()
    if not (given.path or given.simulated):
        parser.error("a path, or --simulated")
    profile = PROFILES[given.profile]
    device = SimulatedPrinter(dots=profile.dots, cutter=profile.cutter) if given.simulated else None
    path = device.path if device else given.path
    line = SerialTransport(path=path, baud=given.baud, flow=profile.flow)
    printer = EscPosPrinter(transport=line, profile=profile, clock=MachineClock(), face=None)
    outcome = printer.print(PAPER)
    print(f"{outcome.state} {outcome.code}".strip())
    printer.close()
    if device:
        for paper in device.papers:
            print(paper.text, *paper.qr_payloads, sep="\n")
        device.close()
    return 0 if outcome.state in (PrintState.PRINTED, PrintState.SENT) else 1


if __name__ == "__main__":
    raise SystemExit(main())
