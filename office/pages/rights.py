"""What was asked back and taken back, who may come for whom, who agreed to what, and who is to be forgotten."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from unfold.decorators import action

from office.books.models import (
    Award,
    Consent,
    Correction,
    Erasure,
    ErasureStation,
    Neighbour,
    PinEvent,
    PlaceFate,
    Recall,
    StockMove,
)
from office.pages.base import Page, ReadOnlyInline, ReadOnlyPage, ask, parts_for
from office.pages.forms import ReasonForm
from office.services.corrections import absorb
from office.services.erasing import confirm_erasure, decline_erasure
from office.services.people import NEIGHBOURS_MAX, set_neighbour


@admin.register(Recall)
class RecallPage(ReadOnlyPage):
    """What stations were asked to return, and how far they answered."""

    list_display = ("at", "station", "epoch", "thing", "asked", "answered", "reason", "by")
    list_filter = ("station",)
    search_fields = ("thing",)
    list_select_related = ("station",)


@admin.register(PlaceFate)
class PlaceFatePage(ReadOnlyPage):
    """What places said of vouchers of others."""

    list_display = ("at", "place", "station", "epoch", "number", "fate", "settled")
    list_filter = ("place", "fate", "settled")
    list_select_related = ("place",)


@admin.register(Award)
class AwardPage(ReadOnlyPage):
    """Points that stations gave from their budgets."""

    list_display = ("received_at", "station", "resident", "points", "staff", "reason", "undone")
    list_filter = ("station",)
    search_fields = ("resident", "reason")
    list_select_related = ("station",)


@admin.register(StockMove)
class StockMovePage(ReadOnlyPage):
    """Pieces that came in or were written off at stations."""

    list_display = ("received_at", "station", "item", "pieces", "staff", "reason")
    list_filter = ("station",)
    list_select_related = ("station",)


@admin.register(Correction)
class CorrectionPage(ReadOnlyPage):
    """Points that were taken back; what is still owed is never cut silently."""

    list_display = ("at", "resident", "points", "burnt", "absorbed", "still_owed", "heir", "reason", "by")
    fields = (*list_display, "absorbed_by", "absorbed_reason")
    search_fields = ("resident__name", "reason")
    list_select_related = ("resident", "heir")
    actions_detail: ClassVar[Any] = ["give_up"]

    @admin.display(description="还没收回")
    def still_owed(self, row: Correction) -> int:
        """What is open."""
        return row.owed

    @action(description="不再追", url_path="absorb", icon="money_off", permissions=["books.change_correction"])
    def give_up(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Give up the rest, with a reason."""
        row = Correction.objects.get(pk=object_id)
        return ask(
            request, self, object_id, f"{row.resident} 还有 {row.owed} 分没有收回：不再追？", ReasonForm,
            lambda form: absorb(parts_for(request), row.pk, form["reason"]), "已核销",
        )  # fmt: skip


class NeighbourForm(forms.ModelForm):  # type: ignore[type-arg]
    """A pair may do something, and somebody has a few neighbours at most."""

    def clean(self) -> dict[str, Any]:
        """What the service would refuse."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        adding = self.instance._state.adding  # noqa: SLF001 - Django's way in
        if adding and not values.get("spend") and not values.get("collect"):
            raise forms.ValidationError("至少选一样：代兑换或者代领取")
        people = [values.get("resident"), values.get("neighbour")]
        if any(one is not None and (one.erased_at or one.merged_into_id) for one in people):
            raise forms.ValidationError("这个帐号已经停用")
        if adding and Neighbour.objects.filter(resident=people[0]).count() >= NEIGHBOURS_MAX:
            raise forms.ValidationError(f"一位居民最多 {NEIGHBOURS_MAX} 位代领人")
        return values


@admin.register(Neighbour)
class NeighbourPage(Page):
    """Who may come for whom. Stations hear of every change."""

    list_display = ("resident", "neighbour", "spend", "collect", "until", "by")
    fields = ("resident", "neighbour", "spend", "collect", "until")
    autocomplete_fields = ("resident", "neighbour")
    search_fields = ("resident__name", "neighbour__name")
    list_select_related = ("resident", "neighbour")

    def get_readonly_fields(self, _request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """A pair stays a pair."""
        return ("resident", "neighbour") if obj is not None else ()

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: Any) -> None:  # noqa: ARG002 - Django's
        """By the service, which tells the stations."""
        row = set_neighbour(
            parts_for(request), obj.resident_id, obj.neighbour_id, spend=obj.spend, collect=obj.collect, until=obj.until
        )
        obj.pk = obj.pk if row is None else row.pk

    def get_form(self, request: HttpRequest, obj: Any = None, change: Any = False, **kwargs: Any) -> Any:
        """With what must hold of a pair."""
        return super().get_form(request, obj, change, form=NeighbourForm, **kwargs)


@admin.register(Consent)
class ConsentPage(ReadOnlyPage):
    """Who agreed to which notice, and who withdrew that."""

    list_display = ("received_at", "resident", "notice", "withdrawn", "station")
    list_filter = ("withdrawn", "station")
    search_fields = ("resident",)
    list_select_related = ("station",)


@admin.register(PinEvent)
class PinEventPage(ReadOnlyPage):
    """What happened to whose PIN, and who was there."""

    list_display = ("at", "resident", "what", "station", "by", "reason")
    list_filter = ("what", "station")
    search_fields = ("resident",)
    list_select_related = ("station",)


class ErasureStationInline(ReadOnlyInline):
    """Which stations have done it."""

    model = ErasureStation
    fields = readonly_fields = ("station", "done_at")


@admin.register(Erasure)
class ErasurePage(ReadOnlyPage):
    """Who is to be forgotten: asked for by one, confirmed by a second look."""

    list_display = ("at", "resident", "reason", "by", "confirmed_at", "confirmed_by", "declined", "stations_left")
    fields = list_display
    inlines = (ErasureStationInline,)
    actions_detail: ClassVar[Any] = ["confirm", "decline"]

    @admin.display(description="还没完成的站点")
    def stations_left(self, row: Erasure) -> int:
        """How many have not said that they did it."""
        return ErasureStation.objects.filter(erasure=row, done_at=None).count()

    @action(description="确认删除", url_path="confirm", icon="delete_forever", permissions=["books.change_erasure"])
    def confirm(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """For good."""
        return ask(
            request, self, object_id, "删除这位居民的个人信息？", None,
            lambda _form: confirm_erasure(parts_for(request), int(object_id)), "总站已删除，各站点联系上以后删除",
            "姓名、卡和可以删除的记录都会删掉，不能恢复。账目里只留下编号。",
        )  # fmt: skip

    @action(description="不予删除", url_path="decline", icon="block", permissions=["books.change_erasure"])
    def decline(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """With a reason."""
        return ask(
            request, self, object_id, "不予删除？", ReasonForm,
            lambda form: decline_erasure(parts_for(request), int(object_id), form["reason"]), "已记录",
        )  # fmt: skip
