"""Making Django ready for whoever is not the web server: commands, the worker, tests."""

from __future__ import annotations

import os


def setup() -> None:
    """Load the settings and the tables; doing it twice does nothing."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "office.settings")
    import django
    from django.apps import apps

    if not apps.ready:
        django.setup()
