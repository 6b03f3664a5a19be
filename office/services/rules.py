"""The rules that count at the office, and their publication: a document like the catalogue."""

from __future__ import annotations

import tomllib
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
from django.db import transaction
from django.db.models import Q

from domain.rules import DOCUMENT, Rules, decode_rules
from office.books.models import Document
from office.faults import NotPublished
from office.services.documents import newest, publish
from office.services.down import lock_all
from office.services.errands import leave
from office.services.parts import Parts


def rules_now(parts: Parts) -> Rules:
    """Return the newest rules that are in force everywhere; the defaults before there are any."""
    return rules_at(parts.now())


def rules_at(now: datetime) -> Rules:
    """As ``rules_now``, at an instant."""
    rows = Document.objects.filter(Q(effective_from=None) | Q(effective_from__lte=now), name=DOCUMENT, staged=False)
    row = rows.order_by("-version").first()
    return Rules() if row is None else decode_rules(bytes(row.body))


def newest_rules() -> Rules:
    """Return the newest rules that were published, whether they are in force or not: what people go on from."""
    row = Document.objects.filter(name=DOCUMENT).order_by("-version").first()
    return Rules() if row is None else decode_rules(bytes(row.body))


def read_rules(file: Path) -> dict[str, Any]:
    """Return the values of a file. Raises ``NotPublished`` that names the first fault."""
    try:
        return tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise NotPublished(f"{file}: {error}") from error


def publish_rules(
    parts: Parts, values: dict[str, Any], at: datetime | None = None, to: tuple[str, ...] = ()
) -> Document | None:
    """Publish rules under the next version; ``None`` if they say what the newest say. Raises ``NotPublished``.

    ``values`` are the whole of the rules, as in a file: what is not stated has its default.
    """
    with transaction.atomic():
        lock_all()
        version, last = newest(DOCUMENT) + 1, newest_rules()
        rules = _rules({**values, "version": version})
        if last.version and at is None and msgspec.structs.replace(rules, version=last.version) == last:
            return None
        document = publish(parts, DOCUMENT, version, msgspec.json.encode(rules), {}, at, to)
        leave(parts, "limits", "*")
        return document


def plain(rules: Rules) -> dict[str, Any]:
    """Return rules as the values of a file, without their version."""
    values: dict[str, Any] = msgspec.to_builtins(rules)
    del values["version"]
    return values


def _rules(values: dict[str, Any]) -> Rules:
    try:
        return decode_rules(msgspec.json.encode(values))
    except (ValueError, TypeError) as error:
        raise NotPublished(f"rules: {error}") from error
