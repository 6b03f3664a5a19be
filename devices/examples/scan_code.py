"""Wait for a code and print it.

python -m devices.examples.scan_code /dev/serial/by-id/…
python -m devices.examples.scan_code --simulated
"""

from __future__ import annotations

import argparse

from devices.clock import MachineClock
from devices.drivers.scanner import SerialScanner
from devices.simulated.scanner import SimulatedScanner

WAIT_SECONDS = 60.0


def main() -> int:
    """Exit code 0 when a code was scanned."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", nargs="?", help="the serial port of the scanner")
    parser.add_argument("--baud", type=int, default=9600)
    parser.add_argument("--simulated", action="store_true", help="a simulated scanner that has seen a code")
    given = parser.parse_args()
    if not (given.path or given.simulated):
        parser.error("a path, or --simulated")
    device = SimulatedScanner() if given.simulated else None
    path = device.path if device else given.path
    scanner = SerialScanner(path=path, baud=given.baud, clock=MachineClock())
    print(f"Scan something. The scanner: {scanner.state().health}")
    if device:
        device.scan("HELLO:42")
    code = scanner.read(WAIT_SECONDS)
    print(f"Scanned: {code}" if code else f"Nothing was scanned. The scanner: {scanner.state()}")
    scanner.close()
    if device:
        device.close()
    return 0 if code else 1


if __name__ == "__main__":
    raise SystemExit(main())
