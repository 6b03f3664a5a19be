"""Attempts at papers, as rows. One attempt is sent at most once; only staff begin another."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass

from devices.ports import PrintState
from domain.ids import Epoch
from domain.voucher_number import VoucherNumber

Nameless = Callable[[bytes], bytes]
"""Takes a name out of the content of a paper."""
_OPEN = "settled = 0 AND state IN ('queued', 'sending', 'uncertain', 'failed')"  # word for word as the index has it
_ASKED = "settled = 0 AND asked = 1"
_COLUMNS = "id, epoch, number, copy, content, state, code, queued_at, settled, asked"


@dataclass(frozen=True, slots=True)
class PrintJob:
    """One attempt. ``copy`` 0 is the first paper, from 1 on they are marked 补打. ``content`` is what to print.

    ``settled``: nobody has to look after it any more. ``asked``: the resident wants another paper.
    """

    id: int
    number: VoucherNumber
    copy: int
    content: bytes
    state: PrintState
    code: str
    queued_at: int
    settled: bool = False
    asked: bool = False

    @property
    def waits(self) -> bool:
        """Whether staff have something to do about it, unless it is settled."""
        unsure = self.state in (PrintState.UNCERTAIN, PrintState.FAILED)
        return unsure or (self.asked and self.state in (PrintState.PRINTED, PrintState.SENT))


class PrintJobs:
    """The queue and its history."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def add(self, number: VoucherNumber, copy: int, content: bytes, queued_at: int) -> int:
        """Queue an attempt; return its id."""
        cursor = self._connection.execute(
            "INSERT INTO print_jobs (epoch, number, copy, content, content_hash, state, queued_at)"
            " VALUES (?, ?, ?, ?, ?, 'queued', ?)",
            (number.epoch, number.number, copy, content, hashlib.sha256(content).digest(), queued_at),
        )
        return int(cursor.lastrowid or 0)

    def get(self, job: int) -> PrintJob | None:
        """Return an attempt by its id."""
        row = self._connection.execute(f"SELECT {_COLUMNS} FROM print_jobs WHERE id = ?", (job,)).fetchone()  # noqa: S608
        return None if row is None else _job(row)

    def of_voucher(self, number: VoucherNumber) -> PrintJob | None:
        """Return the newest attempt at a voucher's paper."""
        row = self._connection.execute(
            f"SELECT {_COLUMNS} FROM print_jobs WHERE epoch = ? AND number = ? ORDER BY copy DESC LIMIT 1",  # noqa: S608
            (number.epoch, number.number),
        ).fetchone()
        return None if row is None else _job(row)

    def newest_since(self, at: int) -> PrintJob | None:
        """Return the newest first attempt that was queued at ``at`` or later, in milliseconds since 1970 UTC."""
        row = self._connection.execute(
            f"SELECT {_COLUMNS} FROM print_jobs WHERE copy = 0 AND queued_at >= ?"  # noqa: S608
            " AND id > (SELECT max(id) - 100 FROM print_jobs) ORDER BY id DESC LIMIT 1",
            (at,),
        ).fetchone()
        return None if row is None else _job(row)

    def unsettled(self) -> tuple[PrintJob, ...]:
        """Return the attempts that wait for staff, oldest first: not surely printed, or another paper is wanted."""
        rows = self._connection.execute(
            f"SELECT {_COLUMNS} FROM print_jobs WHERE {_OPEN}"  # noqa: S608
            f" UNION SELECT {_COLUMNS} FROM print_jobs WHERE {_ASKED} ORDER BY id"
        )
        return tuple(job for job in map(_job, rows) if job.waits)

    def ask(self, job: int) -> None:
        """The resident wants another paper: staff see it on their list."""
        self._connection.execute("UPDATE print_jobs SET asked = 1, settled = 0 WHERE id = ?", (job,))

    def mark(self, job: int, state: PrintState, code: str = "") -> None:
        """Write how far an attempt is."""
        self._connection.execute("UPDATE print_jobs SET state = ?, code = ? WHERE id = ?", (state.value, code, job))

    def settle_voucher(self, number: VoucherNumber) -> None:
        """Take every attempt at a voucher's paper off the list: the voucher is not worth a paper any more."""
        self._connection.execute(
            "UPDATE print_jobs SET settled = 1 WHERE epoch = ? AND number = ?", (number.epoch, number.number)
        )

    def erase(self, resident: str, nameless: Nameless, proxyless: Nameless) -> None:
        """Take somebody's name out of the papers of their vouchers, and of those that they fetched for others.

        The hash is that of what is left: one of what was there would let a short name be guessed.
        """
        own = self._connection.execute(
            "SELECT id, content FROM print_jobs JOIN vouchers USING (epoch, number) WHERE resident = ?", (resident,)
        ).fetchall()
        fetched = self._connection.execute(
            "SELECT print_jobs.id, content FROM print_jobs JOIN vouchers USING (epoch, number)"
            " JOIN entries ON entries.epoch = vouchers.epoch AND entries.number = vouchers.entry"
            " WHERE resident <> ? AND instr(entries.bytes, ?) > 0",
            (resident, f'"proxy":"{resident}"'.encode()),
        ).fetchall()
        papers = [(job, nameless(content)) for job, content in own]
        papers += [(job, proxyless(content)) for job, content in fetched]
        for job, left in papers:
            self._connection.execute(
                "UPDATE print_jobs SET content = ?, content_hash = ? WHERE id = ?",
                (left, hashlib.sha256(left).digest(), job),
            )

    def settle(self, job: int) -> None:
        """Take an attempt off the list of those that wait for staff."""
        self._connection.execute("UPDATE print_jobs SET settled = 1 WHERE id = ?", (job,))

    def interrupt(self) -> int:
        """After a start: what was under way did not surely print. Nothing is sent again by itself."""
        self._connection.execute(
            "UPDATE print_jobs SET state = 'failed', code = 'print.restarted' WHERE state = 'queued'"
        )
        self._connection.execute(
            "UPDATE print_jobs SET state = 'uncertain', code = 'print.interrupted' WHERE state = 'sending'"
        )
        return len(self.unsettled())


def _job(row: tuple[int, int, int, int, bytes, str, str, int, int, int]) -> PrintJob:
    job, epoch, number, copy, content, state, code, queued_at, settled, asked = row
    voucher = VoucherNumber(Epoch(epoch), number)
    return PrintJob(job, voucher, copy, content, PrintState(state), code, queued_at, bool(settled), bool(asked))
