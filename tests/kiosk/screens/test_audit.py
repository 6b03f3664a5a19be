"""The audit over every sample: nothing is cut, pale, small, boxed or without a way on."""

from __future__ import annotations

from typing import Any

import pytest

from tests.kiosk.screens.audited import read, spoken
from tests.kiosk.screens.sample_views import sample_views


@pytest.mark.parametrize("name", sorted(sample_views()))
def test_an_audit_of_a_sample_finds_nothing(stage: Any, folder: str, name: str) -> None:
    from kiosk.audit.audit import audit

    stage.show(spoken(sample_views(folder)[name]))
    assert [str(finding) for finding in audit(read(stage, name))] == []


def test_help_stands_still_over_all_samples(stage: Any, folder: str) -> None:
    from kiosk.audit.audit import audit_together

    seen = []
    for name, view in sample_views(folder).items():
        stage.show(spoken(view))
        seen.append(read(stage, name))
    assert [str(finding) for finding in audit_together(seen)] == []
