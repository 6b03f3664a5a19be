"""The tables."""

from __future__ import annotations

from office.books.models.documents import Blob, Document, Holding, Item
from office.books.models.identity import Certificate, Invitation, Irregularity
from office.books.models.lives import LateClaim, Life
from office.books.models.logs import DownEntry, UpEntry
from office.books.models.points import Credit, Grant, Voucher
from office.books.models.residents import Card, Household, Resident, Staff
from office.books.models.stations import Alarm, Counter, Office, Station

__all__ = [
    "Alarm",
    "Blob",
    "Card",
    "Certificate",
    "Counter",
    "Credit",
    "Document",
    "DownEntry",
    "Grant",
    "Holding",
    "Household",
    "Invitation",
    "Irregularity",
    "Item",
    "LateClaim",
    "Life",
    "Office",
    "Resident",
    "Staff",
    "Station",
    "UpEntry",
    "Voucher",
]
