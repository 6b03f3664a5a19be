"""An office in a temporary folder; every test sees it as it was founded. PostgreSQL when the environment names one."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

_HOME = tempfile.mkdtemp(prefix="yizhan-office-")
atexit.register(shutil.rmtree, _HOME, ignore_errors=True)
os.environ["YIZHAN_OFFICE_HOME"] = _HOME
os.environ["DJANGO_SETTINGS_MODULE"] = "office.settings"

from office.home import home
from office.setup import setup
from office.translations import compile_into

Path(_HOME, "secrets").mkdir(mode=0o700)
Path(_HOME, "secrets", "django.key").write_text("only for tests")
compile_into(home().locale)
setup()

from tests.office.world import OfficeWorld


@pytest.fixture(scope="session")
def founded() -> Iterator[None]:
    """Keys and tables, made once by the command itself."""
    from django.db import connections

    from office.cli.initialise import initialise

    initialise("admin", 1883, 8000)
    yield
    connections.close_all()


@pytest.fixture
def office(founded: None) -> Iterator[OfficeWorld]:
    """An office in a transaction that is rolled back."""
    from django.db import transaction

    with transaction.atomic():
        yield OfficeWorld.found()
        transaction.set_rollback(True)


@pytest.fixture
def standing_office(founded: None) -> Iterator[OfficeWorld]:
    """An office that other connections see too; everything of it is deleted afterwards."""
    from django.core.management import call_command

    yield OfficeWorld.found()
    call_command("flush", verbosity=0, interactive=False)
