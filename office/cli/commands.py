"""The commands, one short function each; what they do stands in files of their own."""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from config.mistakes import SettingsError
from office.cli.board_commands import board
from office.cli.join_commands import joins
from office.cli.key_commands import key
from office.cli.lives import claim, fence, import_journal, lives, recover, release
from office.cli.options import By, Json, user
from office.cli.output import complain
from office.cli.parked_commands import parked
from office.cli.pepper_commands import pepper
from office.cli.rights_commands import rights
from office.cli.rules_commands import At, County, To, document, rules
from office.cli.sticks import stick
from office.database import DATABASE_VARIABLE
from office.faults import OfficeError
from sync.identity import KeyFileError

app = typer.Typer(
    name="office",
    help="The central office of community stations: points, catalogue, stations, books. YIZHAN_OFFICE_HOME names its "
    "folder (/var/lib/yizhan-office otherwise), YIZHAN_OFFICE_DATABASE a PostgreSQL database instead of SQLite.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(key, name="key")
app.add_typer(pepper, name="pepper")
app.add_typer(claim, name="claim")
app.add_typer(stick, name="stick")
for _command in (fence, release, lives, recover):
    app.command()(_command)
app.command(name="import-journal")(import_journal)
app.add_typer(rules, name="rules")
app.add_typer(board, name="board")
app.add_typer(document, name="document")
app.add_typer(parked, name="parked")
app.add_typer(rights)
app.add_typer(joins)


def main() -> None:
    """Run the command line; expected faults are one clear message and an exit code, never a traceback."""
    os.umask(0o077)  # books and bundles hold names, keys and codes: nobody else on this machine reads them
    level = os.environ.get("YIZHAN_LOG", "INFO")
    logging.basicConfig(level=level, format="%(levelname)s %(name)s %(message)s", stream=sys.stderr)
    logging.getLogger("waitress").setLevel(logging.WARNING)
    try:
        app()
    except SettingsError as error:
        complain(str(error))
        sys.exit(2)
    except OfficeError as fault:
        complain(f"{fault.code}: {fault}")
        sys.exit(1)
    except KeyFileError as error:
        complain(f"office.key: {error}")
        sys.exit(1)
    except OSError as error:
        complain(f"office.file: {error}; check the folder and who may write there")
        sys.exit(1)
    except ValueError as error:
        if DATABASE_VARIABLE not in str(error):
            raise
        complain(f"office.database: {error}")
        sys.exit(1)
    except Exception as error:
        if not _of_the_database(error):
            raise
        complain(f"office.database: {error}; is the database there, and is it the office's?")
        sys.exit(1)


def _of_the_database(error: Exception) -> bool:
    from django.db import Error

    return isinstance(error, Error)


@app.command()
def init(
    admin: Annotated[str, typer.Option(help="Name with which the first administrator logs in.")] = "admin",
    broker_port: Annotated[int, typer.Option(min=1, max=65535, help="Port of the broker on this machine.")] = 1883,
    web_port: Annotated[int, typer.Option(min=1, max=65535, help="Port of the pages on this machine.")] = 8000,
    host: Annotated[
        list[str] | None,
        typer.Option(help="Name or address under which stations reach this office; the first is told to them."),
    ] = None,
    stations_port: Annotated[int, typer.Option(min=1, max=65535, help="Port of the broker for stations, TLS.")] = 8883,
    enrol_port: Annotated[int, typer.Option(min=1, max=65535, help="Port of enrolment, HTTPS.")] = 8443,
) -> None:
    """Make an office: keys, authority, database, first administrator (the password is printed once), broker's files.

    An office that is there already is brought to this version's form; its keys and people stay. After a change of
    ports or host in office.toml, or for one more --host, run it again: certificate and mosquitto.conf are made anew.
    """
    from office.cli.initialise import initialise

    initialise(admin, broker_port, web_port, host or (), stations_port, enrol_port)


@app.command()
def web(
    port: Annotated[int, typer.Option(max=65535, help="Port instead of the one in office.toml; 0: as there.")] = 0,
) -> None:
    """Show the pages, until it is ended. If the port is held, the next free one is taken and said."""
    from office.cli.serving import run_web

    run_web(port)


@app.command()
def worker() -> None:
    """Speak with the stations over the broker, until it is ended. Several may run side by side."""
    from office.setup import setup

    setup()
    from office.worker.process import run

    run()


@app.command()
def serve() -> None:
    """Run pages and worker together; one that dies is started again."""
    from office.cli.serving import run_both

    run_both()


@app.command()
def enrol(
    station: Annotated[str, typer.Argument(help="14 digits: the community's 12-digit area code and 2 of its own.")],
    name: Annotated[str, typer.Option(help="Name of the station as people know it.")],
    out: Annotated[Path, typer.Option(help="New file: the bundle to carry to the station. It is a secret.")],
    reason: Annotated[str, typer.Option(help="With --replace: why; it stands in the books.")] = "",
    by: By = "",
    *,
    replace: Annotated[
        bool, typer.Option(help="End the life that is enrolled: new hardware, or a card that died.")
    ] = False,
) -> None:
    """Open the books for a station and write its bundle; again, with --replace, for a station with new hardware.

    What the former life held is frozen until its journal is imported or its rights are released.

    At the station: kiosk enrol BUNDLE. The bundle can be used once, and for as long as office.toml says.
    """
    from office.cli.stations import enrol_station

    enrol_station(station, name, out, by or user(), replace=(reason or "更换设备") if replace else "")


@app.command(name="enrol-answer")
def enrol_answer(
    request: Annotated[
        Path, typer.Argument(exists=True, dir_okay=False, help="What `kiosk enrol BUNDLE --request FILE` wrote.")
    ],
    out: Annotated[Path, typer.Option(help="New file: the answer to carry back.")],
    by: By = "",
) -> None:
    """Answer a request that came by stick. There: kiosk enrol BUNDLE --answer FILE."""
    from office.cli.stations import answer_request

    answer_request(request, out, by or user())


@app.command()
def revoke(
    station: Annotated[str, typer.Argument(help="The station's 14 digits.")],
    epoch: Annotated[int, typer.Option(min=1, max=65535, help="Which of its lives.")],
    by: By = "",
) -> None:
    """Take back the certificates of one life of a station, for ever: it can neither hear nor be heard any more.

    It is the last step, after the station has acknowledged that it is shut out, or when it will never speak again.
    """
    from office.cli.stations import revoke_station

    revoke_station(station, epoch, by or user())


@app.command()
def grant(
    resident: Annotated[str, typer.Argument(help="Name or id of the resident.")],
    points: Annotated[int, typer.Argument(min=1, help="How many points.")],
    reason: Annotated[str, typer.Option(help="Why; it stands in the books.")],
    by: By = "",
) -> None:
    """Give points to a resident; they are handed to the home station at once."""
    from office.cli.people import grant_points

    grant_points(resident, points, reason, by or user())


@app.command()
def stock(
    station: Annotated[str, typer.Argument(help="The station's 14 digits.")],
    item: Annotated[int, typer.Argument(min=1, help="Number of the item.")],
    pieces: Annotated[int, typer.Argument(min=1, help="How many pieces were brought there.")],
    reason: Annotated[str, typer.Option(help="Why; it stands in the books.")] = "送货",
    by: By = "",
) -> None:
    """Tell a station that pieces of an item were brought to it."""
    from office.cli.people import grant_pieces

    grant_pieces(station, item, pieces, reason, by or user())


@app.command(name="import")
def import_people(
    file: Annotated[Path, typer.Argument(help="TOML with [[resident]], [[staff]] and [stock]; see config/examples.")],
    station: Annotated[str, typer.Option(help="Home station of these residents, and where the stock lies.")],
    cards: Annotated[Path, typer.Option(help="New JSON file for the codes of the cards, to be printed; keep it safe.")],
    by: By = "",
) -> None:
    """Take in residents with points, staff and stock, and make a card for each. All of the file or nothing."""
    from office.cli.people import import_file

    import_file(file, station, cards, by or user())


@app.command()
def push(
    files: Annotated[list[Path], typer.Argument(help="catalogue.toml; pictures lie beside it or in pictures/.")],
    pictures: Annotated[Path | None, typer.Option(help="Folder of the pictures, if they lie elsewhere.")] = None,
    wait: Annotated[float, typer.Option(min=0, help="Seconds to watch the stations take it; 0: do not wait.")] = 30.0,
    at: At = None,
    to: To = None,
    county: County = "",
    by: By = "",
    *,
    json: Json = False,
) -> None:
    """Check a catalogue, publish it, and show how each station takes it: taken, waiting, or refused because.

    With --to or --county only to some for now; office document rest does the others, office document back undoes it.
    """
    from office.cli.pushing import push_files
    from office.cli.rules import when

    raise typer.Exit(push_files(files, pictures, wait, by or user(), when(at), to or [], county, json=json))


@app.command()
def stations(*, json: Json = False) -> None:
    """List the stations: when heard, what is on its way, what they hold, what is wrong."""
    from office.cli.stations import list_stations

    list_stations(json=json)
