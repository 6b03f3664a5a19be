"""The board: opening hours, notices, what is featured; a document like the rules, for all stations or for some."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import msgspec
from django.db import transaction

from config.board import Board as Written
from config.reading import read
from domain.board import Board, decode_board
from office.books.models import Document
from office.faults import NotPublished
from office.services.documents import BOARD, document_for, newest, publish
from office.services.down import lock_all
from office.services.parts import Parts


def read_board(file: Path) -> Board:
    """Return what a file says, under no version yet. Raises ``SettingsError`` with all mistakes."""
    return _board(read(file, Written), 0)


def publish_board(parts: Parts, board: Board, at: datetime | None = None, to: tuple[str, ...] = ()) -> Document | None:
    """Publish a board under the next version; ``None`` if all stations have what it says. Raises ``NotPublished``.

    ``to``: a board of these stations alone. The others keep theirs, until one is published to all.
    """
    with transaction.atomic():
        lock_all()
        row = Document.objects.filter(name=BOARD).order_by("-version").first()
        if row is not None and not to and at is None and not row.staged and _same(decode_board(bytes(row.body)), board):
            return None
        version = newest(BOARD) + 1
        body = msgspec.json.encode(msgspec.structs.replace(board, version=version))
        return publish(parts, BOARD, version, body, {}, at, to)


def board_of(station: str) -> Board:
    """Return the newest board that is meant for a station, whether it counts yet or not; an empty one if there is none.

    An empty ``station`` asks for the one that was published last to all.
    """
    rows = Document.objects.filter(name=BOARD, staged=False).order_by("-version")
    row = document_for(station, BOARD) if station else rows.first()
    return Board() if row is None else decode_board(bytes(row.body))


def _same(one: Board, other: Board) -> bool:
    return msgspec.structs.replace(one, version=0) == msgspec.structs.replace(other, version=0)


def _board(written: Written, version: int) -> Board:
    try:
        return decode_board(msgspec.json.encode({**written.to_document(), "version": version}))
    except ValueError as error:
        raise NotPublished(f"board: stations would not take it: {error}") from error
