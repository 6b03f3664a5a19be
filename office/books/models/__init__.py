"""The tables."""

from __future__ import annotations

from office.books.models.documents import Blob, Document, Holding, Item
from office.books.models.identity import Certificate, Invitation, Irregularity
from office.books.models.joining import JoinRequest
from office.books.models.lives import LateClaim, Life
from office.books.models.logs import DownEntry, UpEntry
from office.books.models.points import Credit, Grant, Voucher
from office.books.models.privacy import Consent, Erasure, ErasureStation, Neighbour, PinEvent
from office.books.models.residents import Card, Household, Resident, Staff
from office.books.models.rights import Award, Correction, Errand, PlaceFate, Recall, StockMove, ToldFate
from office.books.models.stations import Alarm, Counter, Office, Station

__all__ = [
    "Alarm",
    "Award",
    "Blob",
    "Card",
    "Certificate",
    "Consent",
    "Correction",
    "Counter",
    "Credit",
    "Document",
    "DownEntry",
    "Erasure",
    "ErasureStation",
    "Errand",
    "Grant",
    "Holding",
    "Household",
    "Invitation",
    "Irregularity",
    "Item",
    "JoinRequest",
    "LateClaim",
    "Life",
    "Neighbour",
    "Office",
    "PinEvent",
    "PlaceFate",
    "Recall",
    "Resident",
    "Staff",
    "Station",
    "StockMove",
    "ToldFate",
    "UpEntry",
    "Voucher",
]
