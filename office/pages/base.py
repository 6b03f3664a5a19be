"""What the pages of every table have in common."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import OperationalError
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from unfold.admin import ModelAdmin, TabularInline

from office.faults import OfficeError
from office.services.machine import machine_parts
from office.services.parts import Parts
from sync.identity import KeyFileError


class Page(ModelAdmin):
    """A table that may be looked at, and changed where a page says so. Nothing is ever deleted."""

    list_per_page = 50
    compressed_fields = True

    def has_delete_permission(self, _request: HttpRequest, _obj: Model | None = None) -> bool:
        """Nobody: what was written stays."""
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: Any) -> None:
        """Write what the person changed and nothing else: the worker may have written to the same row meanwhile."""
        if not change:
            super().save_model(request, obj, form, change)
        elif names := self.columns(obj, form):
            obj.save(update_fields=names)

    def columns(self, obj: Model, form: Any) -> list[str]:
        """Return the columns that a form changes."""
        own = {field.name for field in obj._meta.concrete_fields}  # noqa: SLF001 - Django's way in
        return [name for name in form.changed_data if name in own]


class ReadOnlyPage(Page):
    """A table of what happened."""

    def has_add_permission(self, _request: HttpRequest) -> bool:
        """Nobody."""
        return False

    def has_change_permission(self, _request: HttpRequest, _obj: Model | None = None) -> bool:
        """Nobody."""
        return False


class ReadOnlyInline(TabularInline):
    """Rows that belong to the one that is shown."""

    extra = 0
    can_delete = False
    per_page = 20

    def has_add_permission(self, _request: HttpRequest, _obj: Model | None = None) -> bool:
        """Nobody."""
        return False

    def has_change_permission(self, _request: HttpRequest, _obj: Model | None = None) -> bool:
        """Nobody."""
        return False


def parts_for(request: HttpRequest) -> Parts:
    """Return what a verb of the office needs, in the name of whoever is logged in."""
    return machine_parts(request.user.get_username())


def ask(
    request: HttpRequest,
    page: Any,
    object_id: str,
    title: str,
    form_class: Any,
    work: Callable[[dict[str, Any]], object],
    said: str,
    question: str = "",
) -> HttpResponse:
    """Ask with a form, or with a question alone; on POST do it, say how it went, and go back."""
    name = page.model._meta.model_name  # noqa: SLF001 - Django's way in
    back = reverse(f"admin:books_{name}_change", args=[object_id])
    form = None if form_class is None else form_class(request.POST or None)
    if request.method == "POST" and (form is None or form.is_valid()):
        values = {} if form is None else form.cleaned_data
        if attempt(request, lambda: work(values), said):
            return redirect(back)
    context = {**page.admin_site.each_context(request), "title": title, "back": back, "question": question}
    return render(request, "pages/form.html", {**context, "form": form or ()})


def attempt(request: HttpRequest, work: Any, said: str) -> bool:
    """Do something and tell the person how it went."""
    try:
        work()
    except (OfficeError, KeyFileError, OperationalError) as fault:
        messages.error(request, str(fault))
        return False
    messages.success(request, said)
    return True
