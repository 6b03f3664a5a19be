"""The books as Django knows them."""

from __future__ import annotations

from django.apps import AppConfig


class BooksConfig(AppConfig):
    """The one application of the office."""

    name = "office.books"
    verbose_name = "账簿"
