"""The process that ``kiosk run`` becomes: the screen and its devices, without the command line's libraries."""

from __future__ import annotations

import logging
import sys
from pathlib import Path

from config.mistakes import SettingsError
from kiosk.app import run
from kiosk.faults import YizhanError
from kiosk.settings import load_settings
from kiosk.start import Start
from kiosk.system import Machine


def main(config: str, touch: str, trust_clock: str) -> int:
    """Run the kiosk; return the exit code. 2: the settings have mistakes, and all of them were said."""
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s %(message)s", stream=sys.stderr)
    try:
        settings = load_settings(Path(config))
    except SettingsError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    try:
        return run(Start(settings, Machine(trust_clock == "trust"), touch=touch))
    except YizhanError as fault:
        sys.stderr.write(f"{fault.code}: {fault}\n")
        return 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:4]))
