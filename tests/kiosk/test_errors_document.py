"""docs/errors.md has every code that a person can meet."""

from __future__ import annotations

import re

from devices.drivers.printer.status import Trouble
from domain.refusals import RefusalCode
from tests.support.station import ROOT

AREAS = (
    "printer|scanner|idcard|speech|print|journal|shelf|station|screen|paper|card|points|stock|tour|demo|"
    "log|link|frame|document|topic|state|entry|office|enrol|want|stick"
)
QUOTED = re.compile(rf'["\']((?:{AREAS})\.[a-z_]+)["\']')
LOGGED = re.compile(rf'"((?:{AREAS})\.[a-z_]+): ')
NO_CODE = re.compile(
    r"(journal\.db|shelf\.json|.*_commit|office\.(acl|password|db|settings|urls|wsgi|cli|toml|books|pages)|link\.toml|demo\.toml|frame\.key|print\.(sent|queued|sending|printed)|shelf\.(written|kept|replaced)|speech\.test|stick\.(appended|finished))"
)


def codes_in_the_code() -> set[str]:
    found = {code.value for code in RefusalCode} | {trouble.value for trouble in Trouble}
    # Put together in devices.drivers.line, and in kiosk.supervised:
    found |= {f"{role}.{why}" for role in ("scanner", "idcard") for why in ("missing", "busy_elsewhere")}
    found |= {f"{role}.{why}" for role in ("printer", "scanner", "idcard", "speech") for why in ("stuck", "fault")}
    for folder in ("kiosk", "devices", "sync", "office"):
        for path in (ROOT / folder).rglob("*.py"):
            text = path.read_text(encoding="utf-8")
            text = re.sub(r"point\(.*?\)|\bt\(.*?\)|texts\(.*?\)", "", text)
            found |= set(QUOTED.findall(text)) | set(LOGGED.findall(text))
    return {code for code in found if not NO_CODE.fullmatch(code)}


def test_every_code_is_explained() -> None:
    document = (ROOT / "docs" / "errors.md").read_text(encoding="utf-8")
    explained = set(re.findall(r"`([a-z_]+\.[a-z_]+)`", document))
    codes = codes_in_the_code()
    assert len(codes) > 35
    assert codes - explained == set()


def test_nothing_is_explained_that_does_not_exist() -> None:
    document = (ROOT / "docs" / "errors.md").read_text(encoding="utf-8")
    rows = [line.split("|")[1] for line in document.splitlines() if line.startswith("| `")]
    named = {code for row in rows for code in re.findall(r"`([a-z_]+\.[a-z_]+)`", row)}
    assert named - codes_in_the_code() == set()
