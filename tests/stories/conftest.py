from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.station import Station


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Station]:
    made = Station(tmp_path)
    yield made
    made.close()
