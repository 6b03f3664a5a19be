"""The pages as Django knows them."""

from __future__ import annotations

from django.apps import AppConfig


class PagesConfig(AppConfig):
    """Has pages and no tables."""

    name = "office.pages"
    verbose_name = "页面"
