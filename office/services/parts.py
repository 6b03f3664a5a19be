"""What every verb works with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from domain.entries import NONCE_SIZE, Stamp
from domain.identity_digest import Pepper
from office.grants_log import GrantsLog
from office.system import System
from sync.identity import SigningKey


@dataclass(frozen=True, slots=True)
class Parts:
    """The machine, the office's key and pepper, who acts, and the list of grants on a second disk, if there is one."""

    system: System
    signer: SigningKey
    pepper: Pepper
    by: str
    boot: int = 0
    grants_log: GrantsLog | None = None

    def stamp(self) -> Stamp:
        """Return what makes the next entry unlike any other."""
        return Stamp(self.system.random_bytes(NONCE_SIZE), self.boot, self.system.now_ms(), clock_ok=True)

    def now(self) -> datetime:
        """The wall clock."""
        return datetime.fromtimestamp(self.system.now_ms() / 1000, UTC)

    def new_id(self) -> str:
        """A random id of a person."""
        return self.system.random_bytes(8).hex()
