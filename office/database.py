"""Which database the books are in."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

DATABASE_VARIABLE = "YIZHAN_OFFICE_DATABASE"


def database_of(url: str, file: Path) -> dict[str, Any]:
    """Return Django's words for SQLite in ``file``, or for the PostgreSQL database that ``url`` names.

    Raises ``ValueError`` for an address of anything else.
    """
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": file,
            "OPTIONS": {
                # The lock is taken when a transaction begins, so that what it reads stays true until it commits.
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=4000",
            },
        }
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql") or not parts.path.strip("/"):
        raise ValueError(f"{DATABASE_VARIABLE} is postgresql://user:password@host:port/name, or empty for SQLite")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.strip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 600,
        "OPTIONS": dict(parse_qsl(parts.query)),
    }
