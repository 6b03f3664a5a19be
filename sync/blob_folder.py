"""Blobs in a folder: finished ones named by their hash, growing ones beside them with ``.part``."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from sync.blob_messages import CHUNK
from sync.fault_points import point


@dataclass(frozen=True, slots=True)
class BlobFolder:
    """Implements ``sync.blobs.Parts``. A blob appears whole or not at all."""

    root: Path

    def path(self, sha256: str) -> Path:
        """Where a finished blob lies."""
        return self.root / sha256

    def has(self, sha256: str) -> bool:
        """Whether a blob is there."""
        return self.path(sha256).is_file()

    def drop(self, sha256: str) -> None:
        """Throw away what is there of a blob."""
        self._part(sha256).unlink(missing_ok=True)
        self.path(sha256).unlink(missing_ok=True)

    def keep_only(self, hashes: Collection[str]) -> None:
        """Throw away blobs, whole or growing, that nobody waits for."""
        if self.root.is_dir():
            for path in self.root.iterdir():
                if path.name.removesuffix(".part") not in hashes:
                    path.unlink(missing_ok=True)

    def length(self, sha256: str) -> int:
        """See ``Parts``. A piece that a power cut tore is cut off."""
        try:
            return self._part(sha256).stat().st_size // CHUNK * CHUNK
        except FileNotFoundError:
            return 0

    def extend(self, sha256: str, data: bytes) -> None:
        """See ``Parts``."""
        self.root.mkdir(parents=True, exist_ok=True)
        start = self.length(sha256)
        with self._part(sha256).open("r+b" if start else "wb") as file:
            file.seek(start)
            file.truncate()
            file.write(data)
        point("blob.extended")

    def finish(self, sha256: str) -> bool:
        """See ``Parts``."""
        part = self._part(sha256)
        with part.open("rb") as file:
            right = hashlib.file_digest(file, "sha256").hexdigest() == sha256
            os.fsync(file.fileno())
        if not right:
            part.unlink()
            return False
        point("blob.checked")
        part.replace(self.path(sha256))
        descriptor = os.open(self.root, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        point("blob.finished")
        return True

    def _part(self, sha256: str) -> Path:
        return self.root / f"{sha256}.part"
