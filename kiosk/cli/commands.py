"""The commands, one short function each; what they do stands in files of their own."""

from __future__ import annotations

import logging
import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from config.mistakes import SettingsError
from kiosk.cli import staff_commands
from kiosk.cli.output import complain, say, show
from kiosk.faults import YizhanError

DEFAULT_CONFIG = Path("/etc/yizhan")


class SpeechForm(StrEnum):
    """How a list is written."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


app = typer.Typer(
    name="kiosk",
    help="The terminal of a community station: points, vouchers, papers. It works without a network.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
journal = typer.Typer(help="Look at the journal, which holds everything this station did.", no_args_is_help=True)
app.add_typer(journal, name="journal")
app.add_typer(staff_commands.voucher, name="voucher")
app.add_typer(staff_commands.award, name="award")
app.add_typer(staff_commands.stock, name="stock")
stick = typer.Typer(help="The copy of the journal on a stick, and what is carried on one.", no_args_is_help=True)
app.add_typer(stick, name="stick")

Config = Annotated[
    Path, typer.Option("--config", help="Folder with station.toml and devices.toml.", envvar="YIZHAN_CONFIG")
]
Json = Annotated[bool, typer.Option("--json", help="Answer in JSON, for programs.")]
Fonts = Annotated[Path, typer.Option(help="Folder with YizhanSans-Regular.otf and YizhanSans-Bold.otf.")]


def main() -> None:
    """Run the command line; expected faults are one clear message and an exit code, never a traceback."""
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s %(message)s", stream=sys.stderr)
    logging.getLogger("kivy").setLevel(logging.WARNING)
    try:
        app()
    except SettingsError as error:
        complain(str(error))
        sys.exit(2)
    except YizhanError as fault:
        complain(f"{fault.code}: {fault}")
        sys.exit(1)


@app.command()
def run(
    config: Config = DEFAULT_CONFIG,
    touch: Annotated[str, typer.Option(help="Where touches come from, instead of the settings: mouse, mtdev.")] = "",
    *,
    trust_clock: Annotated[
        bool, typer.Option(help="Take the clock as right, where the kernel does not say so (a container).")
    ] = False,
) -> None:
    """Run the kiosk: the screen, the scanner, the printer. It has no network."""
    # The same process, without what only the command line needed.
    clock = "trust" if trust_clock else "ask"
    command = [sys.executable, "-m", "kiosk.screen_process", str(config), touch, clock]
    os.execv(sys.executable, command)  # noqa: S606 - there is nothing for a shell to do


@app.command()
def sync(
    config: Config = DEFAULT_CONFIG,
    *,
    trust_clock: Annotated[
        bool, typer.Option(help="Take the clock as right, where the kernel does not say so (a container).")
    ] = False,
) -> None:
    """Speak with the office over the network, beside `kiosk run`. Either may be ended and started again alone."""
    from kiosk.sync_process import run as run_sync
    from kiosk.system import Machine

    raise typer.Exit(run_sync(config, Machine(trust_clock)))


@app.command()
def check(
    config: Config = DEFAULT_CONFIG,
    *,
    trying: Annotated[bool, typer.Option("--try", help="Then ask you to scan, to print, to listen.")] = False,
    json: Json = False,
) -> None:
    """Say what is right and what is not: settings, journal, keys, catalogue, devices and who holds them; what to do."""
    from kiosk.cli.check import check_station

    findings = check_station(config, trying=trying)
    say(findings, json=json)
    raise typer.Exit(0 if all(finding.ok for finding in findings) else 1)


@app.command()
def speech(
    *,
    listing: Annotated[bool, typer.Option("--list", help="Every line and number that a person would record.")] = False,
    make: Annotated[Path | None, typer.Option(help="Have a voice speak all of them into this folder.")] = None,
    voice: Annotated[str, typer.Option(help="A voice of espeak-ng; cmn is Mandarin.")] = "cmn",
    form: Annotated[SpeechForm, typer.Option("--format", help="Of the list.")] = SpeechForm.TABLE,
    json: Json = False,
) -> None:
    """List what the kiosk says, for recording; or make recordings. What lies in the folder already is left as it is."""
    from kiosk.cli.speech import as_csv, as_table, make_all, recordings
    from kiosk.texts import load_texts

    texts = load_texts()
    if make is not None:
        say(make_all(texts, make, voice, quiet=json), json=json)
    elif not listing:
        raise typer.BadParameter("--list, or --make FOLDER")
    elif json or form is SpeechForm.JSON:
        say(recordings(texts), json=True)
    elif form is SpeechForm.CSV:
        sys.stdout.write(as_csv(recordings(texts)))
    else:
        show(as_table(recordings(texts)))


@app.command()
def migrate(
    config: Config = DEFAULT_CONFIG,
    *,
    create: Annotated[bool, typer.Option("--create", help="Make the journal of a new station.")] = False,
    epoch: Annotated[
        int,
        typer.Option(
            min=0, max=65535, help="Which life begins, 1 for the first; with --create, where no link.toml says it."
        ),
    ] = 0,
    json: Json = False,
) -> None:
    """Bring the journal to this version's form; safe to run again. --create makes an empty one, never over another."""
    from kiosk.cli.journals import create_journal, migrate_journal

    say(create_journal(config, epoch) if create else migrate_journal(config), json=json)


@app.command()
def enrol(
    bundle: Annotated[Path, typer.Argument(help="What `office enrol` wrote for this station.")],
    request: Annotated[Path | None, typer.Option(help="By stick: write the request into this file.")] = None,
    answer: Annotated[Path | None, typer.Option(help="By stick: take what `office enrol-answer` wrote.")] = None,
    config: Config = DEFAULT_CONFIG,
    *,
    json: Json = False,
) -> None:
    """Make this station's keys, ask the office, and write everything: safe to run again, also after a power cut."""
    from kiosk.enrolment_commands import enrol as enrol_station
    from kiosk.system import Machine

    say(enrol_station(config, bundle, request, answer, Machine()), json=json)


@app.command()
def renew(
    request: Annotated[Path | None, typer.Option(help="By stick: write the request into this file.")] = None,
    answer: Annotated[Path | None, typer.Option(help="By stick: take what `office enrol-answer` wrote.")] = None,
    config: Config = DEFAULT_CONFIG,
    *,
    json: Json = False,
) -> None:
    """Get a new certificate before the present one ends; everything else stays as it is."""
    from kiosk.enrolment_commands import renew as renew_certificate
    from kiosk.system import Machine

    say(renew_certificate(config, request, answer, Machine()), json=json)


@journal.command()
def verify(config: Config = DEFAULT_CONFIG, *, json: Json = False) -> None:
    """Read the whole journal: the file, the chain of hashes, and that the counters say what the entries say."""
    from kiosk.cli.journals import verify_journal

    report = verify_journal(config, quiet=json)
    say(report, json=json)
    raise typer.Exit(0 if report.sound else 1)


@journal.command("show")
def show_journal(config: Config = DEFAULT_CONFIG, *, json: Json = False) -> None:
    """Say how much was done here, how much of it the office has, and what it parked."""
    from kiosk.cli.staff import standing

    say(standing(config), json=json)


StickFolder = Annotated[Path, typer.Argument(exists=True, file_okay=False, help="Folder on the stick.")]


@stick.command(name="write")
def stick_write(folder: StickFolder, config: Config = DEFAULT_CONFIG, *, json: Json = False) -> None:
    """Bring the copy on a stick up to date; carried to the office it is taken in with `office stick read`."""
    from kiosk.cli.sticks import write_stick

    say(write_stick(config, folder), json=json)


@stick.command(name="check")
def stick_check(folder: StickFolder, config: Config = DEFAULT_CONFIG, *, json: Json = False) -> None:
    """Read the copy through: signatures, chain, and whether it says what the journal says."""
    from kiosk.cli.sticks import check_copy

    report = check_copy(config, folder)
    say(report, json=json)
    raise typer.Exit(1 if report.ahead else 0)


@stick.command(name="read")
def stick_read(folder: StickFolder, config: Config = DEFAULT_CONFIG, *, json: Json = False) -> None:
    """Take what the office wrote onto a stick (`office stick write`), for a station without a line."""
    from kiosk.cli.sticks import read_stick

    say(read_stick(config, folder), json=json)


@app.command()
def paper(
    file: Annotated[Path, typer.Argument(help="Bytes as they went to a printer.")],
    png: Annotated[Path | None, typer.Option(help="Draw the papers into this file.")] = None,
    dots: Annotated[int, typer.Option(help="Width of the paper in dots: 576 (80 mm) or 384 (58 mm).")] = 576,
    fonts: Fonts = Path("build/fonts"),
    *,
    json: Json = False,
) -> None:
    """Read a paper strictly: its text and QR codes. An unknown byte is an error that names its place."""
    from kiosk.cli.papers import read_papers

    say(read_papers(file, png, dots, fonts), json=json)


@app.command()
def tour(
    out: Annotated[Path, typer.Option(help="Where pictures and papers go.")] = Path("build/tour"),
    fonts: Fonts = Path("build/fonts"),
    panel: Annotated[str, typer.Option(help="10.1, 13.3, 15.6 (inches) or all.")] = "10.1",
    theme: Annotated[str, typer.Option(help="light, contrast or all.")] = "light",
    kind: Annotated[str, typer.Option("--type", help="Size of type: standard, large or all.")] = "standard",
    language: Annotated[str, typer.Option(help="zh, en or all.")] = "zh",
    jobs: Annotated[int, typer.Option(min=1, help="Tours at a time, where there are several.")] = 1,
    *,
    quick: Annotated[bool, typer.Option("--quick", help="The main screens only.")] = False,
    audit: Annotated[bool, typer.Option("--audit", help="Measure every screen; exit 1 if anything is wrong.")] = False,
) -> None:
    """Play visits on invented data, with simulated devices on real wires and real touches, and keep the pictures."""
    from kiosk.demo.cell import cells
    from kiosk.demo.matrix import play_matrix
    from kiosk.demo.tour import play

    logging.getLogger().setLevel(logging.WARNING)
    # A filter, since Kivy sets its logger's level itself when it is imported.
    logging.getLogger("kivy").addFilter(lambda record: record.levelno >= logging.WARNING)
    try:
        chosen = cells(panel, theme, kind, language)
    except ValueError as fault:
        raise typer.BadParameter(str(fault)) from None
    if len(chosen) == 1:
        raise typer.Exit(play(out, fonts, chosen[0], audited=audit, quick=quick))
    raise typer.Exit(play_matrix(out, fonts, chosen, audited=audit, quick=quick, jobs=jobs))
