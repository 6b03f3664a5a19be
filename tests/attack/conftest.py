from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.attack.arena import Arena


@pytest.fixture(scope="module")
def arena(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Arena]:
    """One town for a file of tests; ``LIMITS`` in the file are lines of office.toml."""
    made = Arena(tmp_path_factory.mktemp("arena"), getattr(request.module, "LIMITS", ""))
    try:
        made.start()
        yield made
    finally:
        made.close()
