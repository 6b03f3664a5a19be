"""Papers on the wire, the journal's file and the office's books, compared from outside. Every fault is a sentence."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass

from domain.ids import Epoch
from domain.voucher_number import VoucherNumber
from kiosk.journal.journal import Journal, connection_of
from kiosk.journal.verify import verify
from sync.chain import Direction, first_hash, next_hash
from tests.soak.station import SoakStation
from tests.support.station import STATION


@dataclass(frozen=True)
class Found:
    """What there is, and what is wrong with it."""

    vouchers: int
    taken_back: int
    papers: int
    uncertain: int  # attempts of which nobody knows whether they printed: they wait, or waited, for staff
    faults: list[str]


class Papers:
    """What came out of the printer, kept in a file as it comes: the printer's own memory ends with the run.

    ``since`` is the last attempt of earlier runs: if one was killed, its last papers may have been seen by nobody.
    """

    def __init__(self, station: SoakStation) -> None:
        self._printer, self._file, self._seen = station.printer, station.root / "papers", 0
        journal = station.journal()
        self.since: int = connection_of(journal).execute("SELECT coalesce(max(id), 0) FROM print_jobs").fetchone()[0]
        journal.close()

    def gather(self) -> None:
        """Put by what came out since."""
        papers = () if self._printer is None else self._printer.papers
        with self._file.open("a") as file:
            for paper in papers[self._seen :]:
                for code in paper.qr_payloads:
                    file.write(json.dumps([code, "补打" in paper.text]) + "\n")
        self._seen = len(papers)

    def all(self) -> list[tuple[str, bool]]:
        """Return all so far: a voucher's code, and whether the paper says that it is a reprint."""
        self.gather()
        return [(code, again) for code, again in map(json.loads, self._file.read_text().splitlines())]


def look(station: SoakStation, papers: Papers, done: int) -> Found:
    """Look at everything, while nothing happens. ``done``: how many redemptions the screen ever confirmed."""
    journal, out = station.journal(), papers.all()
    try:
        rows = connection_of(journal)
        vouchers = rows.execute("SELECT number, coalesce(fate, '') FROM vouchers ORDER BY number").fetchall()
        uncertain = rows.execute("SELECT count(*) FROM print_jobs WHERE state = 'uncertain'").fetchone()[0]
        faults = [*verify(journal).faults, *_papers(journal, out, papers.since), *_books(station, journal, vouchers)]
    finally:
        journal.close()
    if len(vouchers) < done:
        faults.append(f"{done} redemptions were confirmed on the screen, {len(vouchers)} are in the journal")
    return Found(len(vouchers), sum(fate == "void" for _, fate in vouchers), len(out), uncertain, faults)


def _papers(journal: Journal, papers: list[tuple[str, bool]], since: int) -> list[str]:
    rows = connection_of(journal).execute("SELECT number, state, id FROM print_jobs").fetchall()
    codes = {number: journal.vouchers.code(VoucherNumber(Epoch(1), number)) for number, _, _ in rows}
    attempts = Counter(codes[number] for number, _, _ in rows)
    printed = {codes[number] for number, state, job in rows if state == "printed" and job > since}
    out, first = Counter(code for code, _ in papers), Counter(code for code, again in papers if not again)
    faults = [f"a paper of no voucher: {code}" for code in out.keys() - attempts.keys()]
    faults += [f"printed twice without 补打: {code}" for code, count in first.items() if count > 1]
    faults += [f"more papers than attempts: {code}" for code, count in out.items() if count > attempts[code]]
    return faults + [f"said to be printed, and no paper: {code}" for code in printed - out.keys()]


def _books(station: SoakStation, journal: Journal, vouchers: list[tuple[int, str]]) -> list[str]:
    entries, faults = station.entries(), []
    kept = [
        (number, bytes(data)) for number, data in station.books("SELECT number, data FROM books_upentry ORDER BY 1")
    ]
    hash_ = first_hash(Direction.UP, STATION, 1)
    for _, data in entries:
        hash_ = next_hash(hash_, data)
    counters = station.books("SELECT thing, granted, spent, refunded FROM books_counter ORDER BY thing")
    moved = station.one("SELECT sum(spent - refunded) FROM books_counter WHERE thing LIKE 'points/%'") or 0
    credits_ = dict(station.books("SELECT resident_id, sum(points) FROM books_credit GROUP BY resident_id"))
    granted = {thing.removeprefix("points/"): total for thing, total, *_ in counters if thing.startswith("points/")}
    checks = {
        "the books do not hold the journal": kept == entries,
        "the office's hash is not the journal's": bytes(station.one("SELECT up_hash FROM books_station")) == hash_,
        "an alarm": station.one("SELECT count(*) FROM books_alarm") == 0,
        "a parked entry": station.one("SELECT count(*) FROM books_upentry WHERE parked <> ''") == 0,
        "other vouchers": station.books("SELECT number, fate FROM books_voucher ORDER BY number") == vouchers,
        "points": moved == (station.one("SELECT sum(points) FROM books_voucher WHERE fate = ''") or 0),
        "given is not granted": credits_ == granted,
        "credits": credits_ == dict(station.books("SELECT id, credits FROM books_resident WHERE credits > 0")),
    }
    faults += [f"books: {what}" for what, right in checks.items() if not right]
    for thing, total, spent, refunded in counters:
        here = journal.rights.get(thing)
        if (here.granted, here.spent, here.refunded) != (total, spent, refunded):
            faults.append(f"books: {thing} is {(total, spent, refunded)}, the journal says {here}")
    return faults
