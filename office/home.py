"""Where an office lies: one folder with its database, its secrets and its settings."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

from domain.identity_digest import PEPPER_SIZE, Pepper
from office.faults import NotInitialised
from sync.identity import KeyFileError, SigningKey, read_secret

DEFAULT = Path("/var/lib/yizhan-office")
VARIABLE = "YIZHAN_OFFICE_HOME"
OFFICE_KEY_ID = 1
FIRST_PEPPER = 1
_SUCCESSOR = re.compile(r"office-([0-9]{1,3})\.key")
_NEXT_PEPPER = re.compile(r"pepper-([0-9]{1,3})")


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
        """The configuration of mosquitto, written by ``office init``; additions of one's own go into ``broker.d``."""
        return self.root / "mosquitto.conf"

    @property
    def broker_files(self) -> Path:
        """What mosquitto reads beside it: certificates, who was taken back, who may do what."""
        return self.root / "broker"

    @property
    def authority(self) -> Path:
        """The certificate of the office's own authority."""
        return self.broker_files / "authority.pem"

    @property
    def authority_key(self) -> Path:
        """Its private key."""
        return self.secrets / "authority.key"

    @property
    def server_certificate(self) -> Path:
        """The certificate of broker and enrolment."""
        return self.broker_files / "server.pem"

    @property
    def server_key(self) -> Path:
        """Its private key. It lies with the broker's files: the broker needs nothing of ``secrets``."""
        return self.broker_files / "server.key"

    @property
    def revoked(self) -> Path:
        """The list of certificates that were taken back."""
        return self.broker_files / "revoked.pem"

    @property
    def stations_may(self) -> Path:
        """Which station may write and read what."""
        return self.broker_files / "stations.acl"

    @property
    def broker_password(self) -> Path:
        """With what the worker logs in at the broker."""
        return self.secrets / "broker.password"

    @property
    def broker_pid(self) -> Path:
        """The number of the running mosquitto."""
        return self.broker_files / "mosquitto.pid"

    @property
    def reload_owed(self) -> Path:
        """There from before the broker's files change until the broker was told to read them again."""
        return self.broker_files / ".reload-owed"

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
        """The secret under which identities are digested, its first version: 32 bytes."""
        return self.secrets / "pepper"

    @property
    def pepper_in_use(self) -> Path:
        """The version of the pepper under which new cards are digested; absent: the first."""
        return self.secrets / "pepper.in-use"

    def pepper_of(self, version: int) -> Path:
        """Where a version of the pepper lies."""
        return self.pepper_file if version == FIRST_PEPPER else self.secrets / f"pepper-{version}"

    @property
    def key_in_use(self) -> Path:
        """The number of the office's key in use; absent: the first."""
        return self.secrets / "office.key-in-use"

    def office_key_of(self, key_id: int) -> Path:
        """Where the office's key of that number lies."""
        return self.office_key if key_id == OFFICE_KEY_ID else self.secrets / f"office-{key_id}.key"

    def key_id(self) -> int:
        """Return the number of the office's key in use. Raises ``KeyFileError``."""
        return _number(self.key_in_use, OFFICE_KEY_ID)

    def signer(self) -> SigningKey:
        """Return the office's key in use. Raises ``KeyFileError``."""
        self.require()
        return self.signer_of(self.key_id())

    def signer_of(self, key_id: int) -> SigningKey:
        """Return a key of the office by its number. Raises ``KeyFileError``."""
        return SigningKey(key_id, read_secret(self.office_key_of(key_id)))

    def key_ids(self) -> list[int]:
        """Return the numbers of all keys of the office: former ones, the one in use, its successor."""
        found = (_SUCCESSOR.fullmatch(path.name) for path in self.secrets.iterdir())
        return sorted({OFFICE_KEY_ID, *(int(name[1]) for name in found if name)})

    def public_keys(self) -> dict[str, str]:
        """Return the public keys of the office as stations are told them."""
        return {str(key_id): self.signer_of(key_id).public.hex() for key_id in self.key_ids()}

    def pepper(self) -> Pepper:
        """Return the county's pepper in use. Raises ``KeyFileError``."""
        self.require()
        return self._pepper(self.pepper_version())

    def pepper_version(self) -> int:
        """Return the version of the pepper in use. Raises ``KeyFileError``."""
        return _number(self.pepper_in_use, FIRST_PEPPER)

    def peppers(self) -> list[Pepper]:
        """Return every version of the pepper, oldest first, none left out between. Raises ``KeyFileError``."""
        self.require()
        found = (_NEXT_PEPPER.fullmatch(path.name) for path in self.secrets.iterdir())
        newest = max(FIRST_PEPPER, *(int(name[1]) for name in found if name), self.pepper_version())
        return [self._pepper(version) for version in range(FIRST_PEPPER, newest + 1)]

    def _pepper(self, version: int) -> Pepper:
        return Pepper(version, read_secret(self.pepper_of(version), PEPPER_SIZE))

    def require(self) -> None:
        """Raise ``NotInitialised`` unless there is an office here."""
        if not self.office_key.is_file():
            raise NotInitialised(f"{self.root}: there is no office here; make one with: office init")


def _number(path: Path, first: int) -> int:
    try:
        return int(path.read_text(encoding="ascii"))
    except FileNotFoundError:
        return first
    except ValueError as error:
        raise KeyFileError(f"{path}: not the number of a key") from error


def home() -> Home:
    """Return the office that the environment names."""
    return Home(Path(os.environ.get(VARIABLE) or DEFAULT))
