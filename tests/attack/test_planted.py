"""The suite must fail against a broker that is set up wrongly: else it would show nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.attack import test_lines, test_topics
from tests.attack.arena import Arena

PLANTED: dict[str, tuple[str, str, Callable[[Arena], None]]] = {
    "rights for all": (
        "acl_file {files}/stations.acl", "",
        lambda arena: test_topics.test_it_writes_nowhere_else(arena, retain=False),
    ),
    "rights by pattern, for every topic of a station": (
        "acl_file {files}/stations.acl", "acl_file {files}/loose.acl",
        test_topics.test_it_hears_its_own_and_its_countys_documents_and_nothing_else,
    ),
    "any client's name": (
        "use_username_as_clientid true", "", test_topics.test_it_cannot_take_another_name,
    ),
    "the list is not read": (
        "crlfile {files}/revoked.pem", "",
        test_lines.test_who_was_taken_back_is_deaf_and_dumb_at_once_and_comes_in_no_more,
    ),
    "old TLS": (
        "tls_version tlsv1.2", "tls_version tlsv1.1\nciphers ALL:@SECLEVEL=0",
        test_lines.test_an_old_tls_and_plain_text_are_turned_away,
    ),
}  # fmt: skip


@pytest.mark.proof
@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_mistake_is_caught(tmp_path: Path, name: str) -> None:
    right, wrong, attack = PLANTED[name]
    arena = Arena(tmp_path)
    files = arena.town.home / "broker"
    (files / "loose.acl").write_text("pattern readwrite yizhan/#\n")
    conf = arena.town.home / "mosquitto.conf"
    text = conf.read_text()
    assert right.format(files=files) in text
    conf.write_text(text.replace(right.format(files=files), wrong.format(files=files)))
    try:
        arena.start()
        with pytest.raises((AssertionError, pytest.fail.Exception)):
            attack(arena)
    finally:
        arena.close()
