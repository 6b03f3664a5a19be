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

from office.books.models import Credit, Document, Grant, Holding, Item
from office.faults import OfficeError
from office.pages.base import Page, ReadOnlyPage, ask, attempt, parts_for
from office.pages.forms import ItemForm
from office.pages.rules import RulesForm
from office.services.catalogue import publish_items
from office.services.documents import announce_rest, bring_back, read_blob
from office.services.overview import overview
from office.services.rules import newest_rules, publish_rules


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
        ("id", "kind"), ("name", "group"), "description", ("points", "unit"), ("pieces_max", "voucher_days"),
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
    fields = ("name", "version", "sha256", "by", "at", "effective_from", "activated_at", "staged", "stations", "text")
    readonly_fields = ("stations", "text")
    actions_list: ClassVar[Any] = ["rules"]
    actions_detail: ClassVar[Any] = ["back_to", "rest"]

    @admin.display(description="站点")
    def stations(self, document: Document) -> str:
        """Who has taken it, who waits, who refused and why."""
        words = {"taken": "已启用", "waiting": "等待", "refused": "拒收"}
        rows = Holding.objects.filter(name=document.name, version=document.version).select_related("station")
        said = (f"{row.station}：{words[row.state]}{' ' + row.reason if row.reason else ''}" for row in rows)
        return "；".join(said) or "—"

    @action(description="修改规则", url_path="rules", icon="rule", permissions=["books.add_document"])
    def rules(self, request: HttpRequest) -> HttpResponse:
        """All rules in one form."""
        form, back = RulesForm(newest_rules(), request.POST or None), reverse("admin:books_document_changelist")
        if request.method == "POST" and form.is_valid():
            work = lambda: publish_rules(parts_for(request), form.rules(), form.cleaned_data["at"])  # noqa: E731 - short
            if attempt(request, work, "规则已发布（和上一版一样的话，什么也没有变）"):
                return redirect(back)
        title = f"规则（现在是第 {newest_rules().version} 版）"
        context = {**self.admin_site.each_context(request), "title": title, "form": form, "back": back}
        return render(request, "pages/form.html", context)

    @action(description="退回到这一版", url_path="back", icon="history", permissions=["books.add_document"])
    def back_to(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Publish what this version said, under the next number."""
        row = Document.objects.get(pk=object_id)
        return ask(
            request, self, object_id, f"把 {row} 的内容作为新版本发布？", None,
            lambda _form: bring_back(parts_for(request), row.name, row.version), "已发布",
        )  # fmt: skip

    @action(description="发给其余站点", url_path="rest", icon="send", permissions=["books.add_document"])
    def rest(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Announce the newest version to whoever was left out."""
        row = Document.objects.get(pk=object_id)
        return ask(
            request, self, object_id, f"把 {row.name} 最新版发给其余站点？", None,
            lambda _form: announce_rest(parts_for(request), row.name), "已发出",
        )  # fmt: skip

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
