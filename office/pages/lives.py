"""The lives of stations and what they could still spend; what turned up too late, settled by whoever may."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from unfold.decorators import action

from office.books.models import LateClaim, Life
from office.pages.base import ReadOnlyPage, attempt, parts_for
from office.pages.forms import ReasonForm
from office.services.claims import absorb, accept
from office.services.lives import fence
from office.services.releasing import Exposure, exposures, release


@admin.register(Life)
class LifePage(ReadOnlyPage):
    """Every life with its exposure. A journal is imported by a command: it lies on a stick."""

    list_display = ("station", "epoch", "state", "points", "pieces", "budget", "opened_at", "fenced_at", "ended_at")
    list_filter = ("state", "station")
    fields = (
        "station", "epoch", "state", "enrolled", "last", "last_good", "opened_at", "fenced_at", "ended_at", "by",
        "reason",
    )  # fmt: skip
    list_select_related = ("station",)
    actions_detail: ClassVar[Any] = ["fence", "release"]

    def get_queryset(self, request: HttpRequest) -> Any:
        """With what they could still spend, looked up once for the page."""
        self._left = {(row.station, row.epoch): row for row in exposures()}
        return super().get_queryset(request)

    def _of(self, life: Life) -> Exposure:
        return self._left[life.station_id, life.epoch]

    @admin.display(description="未了积分")
    def points(self, life: Life) -> int:
        """Points that it could still spend."""
        return self._of(life).points

    @admin.display(description="未了库存")
    def pieces(self, life: Life) -> int:
        """Pieces that it still holds."""
        return self._of(life).pieces

    @admin.display(description="未了预算")
    def budget(self, life: Life) -> int:
        """Points that it could still award."""
        return self._of(life).budget

    @action(description="停用这一期", url_path="fence", icon="block", permissions=["books.change_life"])
    def fence(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Nothing more is taken from it; its rights are frozen."""
        life = Life.objects.get(pk=object_id)
        work = lambda reason: fence(parts_for(request), life.station_id, reason, epoch=life.epoch)  # noqa: E731 - short
        return _ask(self, request, life, f"停用{life}？", work, "已停用")

    @action(description="释放权利", url_path="release", icon="lock_open", permissions=["books.delete_life"])
    def release(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """What it holds is free again, and never taken back."""
        life = Life.objects.get(pk=object_id)
        work = lambda reason: release(parts_for(request), life.station_id, life.epoch, reason)  # noqa: E731 - short
        return _ask(self, request, life, f"释放{life}持有的全部权利？释放后不能收回", work, "已释放")


@admin.register(LateClaim)
class LateClaimPage(ReadOnlyPage):
    """What turned up after its rights were released."""

    list_display = ("station", "epoch", "number", "kind", "resident", "points", "why", "state", "received_at", "by")
    list_filter = ("state", "why", "station")
    fields = (
        "station", "epoch", "number", "kind", "resident", "points", "why", "state", "received_at", "settled_at", "by",
        "reason", "text",
    )  # fmt: skip
    readonly_fields = ("text",)
    list_select_related = ("station",)
    actions_detail: ClassVar[Any] = ["accept", "absorb"]

    @admin.display(description="原文")
    def text(self, claim: LateClaim) -> str:
        """Its bytes, as far as they are text."""
        return bytes(claim.data).decode("utf-8", "backslashreplace")

    @action(description="记在居民账上", url_path="accept", icon="undo", permissions=["books.change_lateclaim"])
    def accept(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Taken back from its resident; what is not there is owed."""
        claim = LateClaim.objects.get(pk=object_id)
        work = lambda reason: accept(parts_for(request), claim.pk, reason)  # noqa: E731 - short
        return _ask(self, request, claim, f"{claim}：{claim.points} 分向居民收回？", work, "已处理")

    @action(description="由站点承担", url_path="absorb", icon="savings", permissions=["books.change_lateclaim"])
    def absorb(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Nobody's balance changes."""
        claim = LateClaim.objects.get(pk=object_id)
        work = lambda reason: absorb(parts_for(request), claim.pk, reason)  # noqa: E731 - short
        return _ask(self, request, claim, f"{claim}：{claim.points} 分由站点承担？", work, "已处理")


def _ask(page: Any, request: HttpRequest, row: Any, title: str, work: Any, said: str) -> HttpResponse:
    """Ask for the reason, then do it in the name of whoever is logged in."""
    back = reverse(f"admin:books_{row._meta.model_name}_change", args=[row.pk])  # noqa: SLF001 - Django's way in
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt(request, lambda: work(reason), said):
            return redirect(back)
    context = {**page.admin_site.each_context(request), "title": title, "form": form, "back": back}
    return render(request, "pages/form.html", context)
