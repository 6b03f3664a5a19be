"""Where an office lies: one folder with its database, its secrets and its settings."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from domain.identity_digest import PEPPER_SIZE, Pepper
from office.faults import NotInitialised
from sync.identity import SigningKey, read_secret

DEFAULT = Path("/var/lib/yizhan-office")
VARIABLE = "YIZHAN_OFFICE_HOME"
OFFICE_KEY_ID = 1
PEPPER_VERSION = 1


@dataclass(frozen=True, slots=True)
class Home:
    """Where things lie. Secrets are readable by the office's user alone."""

    root: Path

    @property
    def database(self) -> Path:
        """The books, where they are in SQLite."""
        return self.root / "office.db"

    @property
    def settings(self) -> Path:
        """``office.toml``: where broker and web pages are."""
        return self.root / "office.toml"

    @property
    def broker(self) -> Path:
        """A configuration of mosquitto for this machine alone."""
        return self.root / "mosquitto.conf"

    @property
    def locale(self) -> Path:
        """Compiled texts of the pages."""
        return self.root / "locale"

    @property
    def secrets(self) -> Path:
        """The folder of the secrets."""
        return self.root / "secrets"

    @property
    def django_key(self) -> Path:
        """What signs the browser's sessions."""
        return self.secrets / "django.key"

    @property
    def office_key(self) -> Path:
        """The private key of cards, of the frames to the stations and of their heads: 32 bytes."""
        return self.secrets / "office.key"

    @property
    def pepper_file(self) -> Path:
        """The secret under which identities are digested: 32 bytes."""
        return self.secrets / "pepper"

    def signer(self) -> SigningKey:
        """Return the office's key. Raises ``KeyFileError``."""
        self.require()
        return SigningKey(OFFICE_KEY_ID, read_secret(self.office_key))

    def pepper(self) -> Pepper:
        """Return the county's pepper. Raises ``KeyFileError``."""
        self.require()
        return Pepper(PEPPER_VERSION, read_secret(self.pepper_file, PEPPER_SIZE))

    def require(self) -> None:
        """Raise ``NotInitialised`` unless there is an office here."""
        if not self.office_key.is_file():
            raise NotInitialised(f"{self.root}: there is no office here; make one with: office init")


def home() -> Home:
    """Return the office that the environment names."""
    return Home(Path(os.environ.get(VARIABLE) or DEFAULT))
