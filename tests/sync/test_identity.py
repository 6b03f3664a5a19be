from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from sync.identity import KeyFileError, SigningKey, Verifier, read_secret, write_secret


def test_vector_of_rfc_8032() -> None:
    key = SigningKey(1, bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"))
    assert key.public.hex() == "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
    assert key.sign(b"").hex().startswith("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155")


def test_only_the_right_key_number_message_and_signature_verify() -> None:
    key = SigningKey(3, bytes(32))
    verify = Verifier({3: key.public, 4: SigningKey(4, b"\x01" * 32).public})
    signature = key.sign(b"message")
    assert verify(3, b"message", signature)
    assert not verify(3, b"massage", signature)
    assert not verify(4, b"message", signature)
    assert not verify(5, b"message", signature)
    assert not verify(3, b"message", signature[:-1] + b"\0")
    assert not verify(3, b"message", b"short")


def test_a_secret_is_written_once_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "key"
    write_secret(path, bytes(32))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert read_secret(path) == bytes(32)
    with pytest.raises(FileExistsError):
        write_secret(path, b"\x01" * 32)
    assert read_secret(path) == bytes(32)
    assert list(tmp_path.iterdir()) == [path]


def test_a_secret_is_there_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: int) -> None:
        assert not (tmp_path / "key").exists()
        raise OSError("the disk is full")

    monkeypatch.setattr(os, "fsync", broken)
    with pytest.raises(OSError, match="full"):
        write_secret(tmp_path / "key", bytes(32))
    assert list(tmp_path.iterdir()) == []


def test_a_stick_without_links_takes_a_secret_and_keeps_the_one_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(*_: object) -> None:
        raise PermissionError("no links here")

    monkeypatch.setattr(os, "link", none)
    write_secret(tmp_path / "bundle", bytes(32))
    with pytest.raises(FileExistsError):
        write_secret(tmp_path / "bundle", b"\x01" * 32)
    assert read_secret(tmp_path / "bundle") == bytes(32)
    assert list(tmp_path.iterdir()) == [tmp_path / "bundle"]


def test_a_secret_that_cannot_be_trusted_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "key"
    with pytest.raises(KeyFileError, match="enrol"):
        read_secret(path)
    write_secret(path, bytes(31))
    with pytest.raises(KeyFileError, match="expected 32 bytes, found 31"):
        read_secret(path)
    path.chmod(0o644)
    with pytest.raises(KeyFileError, match="chmod 600"):
        read_secret(path)


def test_a_key_never_shows_itself() -> None:
    assert "00000000" not in repr(SigningKey(1, bytes(32)))
