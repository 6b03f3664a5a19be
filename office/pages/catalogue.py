"""The catalogue as it is edited, the button that publishes it, and what was published."""

from __future__ import annotations

import base64
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from unfold.decorators import action

from office.books.models import Credit, Document, Grant, Item
from office.faults import OfficeError
from office.pages.base import Page, ReadOnlyPage, parts_for
from office.pages.forms import ItemForm
from office.services.catalogue import publish_items
from office.services.documents import read_blob
from office.services.overview import overview


@admin.register(Item)
class ItemPage(Page):
    """Prices and what is to be had are changed in the list; stations hear of it when it is published."""

    form = ItemForm
    list_display = ("id", "name", "kind", "points", "available", "stocked", "position")
    list_display_links = ("id", "name")
    list_editable = ("points", "available", "position")
    list_filter = ("kind", "available")
    search_fields = ("name", "id")
    list_per_page = 500
    readonly_fields = ("preview",)
    fields = (
        ("id", "kind"), "name", "description", ("points", "unit"), ("pieces_max", "voucher_days"),
        ("place", "place_name"), ("available", "stocked", "position"), ("preview", "upload"),
    )  # fmt: skip
    actions_list: ClassVar[Any] = ["publish"]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What is not offered any more leaves the catalogue; its number is never used again."""
        return super(Page, self).has_delete_permission(request, obj)

    def columns(self, obj: Model, form: Any) -> list[str]:
        """A new picture stands in a column that the form does not show."""
        return [*super().columns(obj, form), *(["picture"] if "upload" in form.changed_data else [])]

    def get_readonly_fields(self, _request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:
        """A number never changes."""
        return ("id", "preview") if obj is not None else ("preview",)

    @admin.display(description="图片")
    def preview(self, item: Item) -> str:
        """The picture as stations show it."""
        blob = read_blob(item.picture.partition(".")[0]) if item.picture else None
        if blob is None:
            return "没有图片"
        kind = "png" if (item.picture or "").endswith(".png") else "jpeg"
        source = f"data:image/{kind};base64,{base64.b64encode(blob).decode()}"
        return format_html('<img src="{}" width="160" height="160" alt="">', source)

    @action(description="发布目录", url_path="publish", icon="publish", permissions=["books.add_document"])
    def publish(self, request: HttpRequest) -> HttpResponse:
        """Publish on POST; then, and before, show how every station stands."""
        if request.method == "POST":
            try:
                document = publish_items(parts_for(request))
            except OfficeError as fault:
                messages.error(request, str(fault))
            else:
                said = "和已发布的一样，没有要发布的" if document is None else f"第 {document.version} 版已发布"
                messages.success(request, said)
            return redirect(reverse("admin:books_item_publish"))
        context = {
            **self.admin_site.each_context(request),
            "title": "发布目录",
            "items": Item.objects.count(),
            "newest": Document.objects.filter(name="catalogue").order_by("-version").first(),
            "stations": overview(),
            "back": reverse("admin:books_item_changelist"),
        }
        return render(request, "pages/publish.html", context)


@admin.register(Document)
class DocumentPage(ReadOnlyPage):
    """What was published."""

    list_display = ("name", "version", "by", "at", "effective_from")
    fields = ("name", "version", "sha256", "by", "at", "effective_from", "text")
    readonly_fields = ("text",)

    @admin.display(description="内容")
    def text(self, document: Document) -> str:
        """Its text."""
        return bytes(document.body).decode("utf-8", "backslashreplace")


@admin.register(Grant)
class GrantPage(ReadOnlyPage):
    """Rights that were handed to stations."""

    list_display = ("at", "station", "thing", "amount", "total", "reason", "by")
    list_filter = ("station",)
    search_fields = ("thing", "reason")
    list_select_related = ("station",)


@admin.register(Credit)
class CreditPage(ReadOnlyPage):
    """Points that were given to residents."""

    list_display = ("at", "resident", "points", "reason", "by")
    search_fields = ("resident__name", "reason")
    list_select_related = ("resident",)
