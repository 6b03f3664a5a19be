"""Residents, households, staff and cards."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin
from django.db import transaction
from django.db.models import F, Model, QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from unfold.decorators import action

from domain.ids import ResidentId
from domain.rights import points_of
from office.books.models import Card, Counter, Credit, Household, Resident, Staff, Station
from office.pages.base import Page, ReadOnlyInline, ask, attempt, parts_for
from office.pages.codes import code_picture
from office.pages.forms import GiveForm, HomeForm, ReasonForm
from office.services.corrections import take_back
from office.services.down import lock_all
from office.services.erasing import ask_erasure
from office.services.grants import free_points, give_points, hand_over_all
from office.services.homes import move_home
from office.services.parts import Parts
from office.services.people import make_card, tell_stations
from office.services.settling import lock_people


class CardInline(ReadOnlyInline):
    """Cards can be blocked, never made or deleted in passing."""

    model = Card
    fields = ("name", "issued_at", "blocked")
    readonly_fields = ("name", "issued_at")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A lost card is blocked here."""
        return super(ReadOnlyInline, self).has_change_permission(request, obj)

    @admin.display(description="卡")
    def name(self, card: Card) -> str:
        """The end of its digest: enough to tell two cards apart."""
        return str(card)


class CreditInline(ReadOnlyInline):
    """What was given."""

    model = Credit
    fields = readonly_fields = ("at", "points", "reason", "by")
    verbose_name_plural = "发放记录"


class PersonPage(Page):
    """What residents and staff have in common: stations are told of every change, cards are made."""

    actions_detail: ClassVar[Any] = ["card"]
    search_fields: Any = ("name", "id")

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: Any) -> None:
        """Give a new person an id."""
        if not change:
            obj.pk = parts_for(request).new_id()
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: Any) -> None:
        """Tell the stations, once everything of the person is saved."""
        with transaction.atomic():
            lock_all()  # then the person, then the stations: the order of everybody
            if isinstance(form.instance, Resident):
                lock_people(points_of(ResidentId(form.instance.pk)))
            super().save_related(request, form, formsets, change)
            parts = parts_for(request)
            tell_stations(parts, form.instance)
            if isinstance(form.instance, Resident):
                hand_over_all(parts, form.instance.pk, "设定所属站点")

    @action(description="做一张新卡", url_path="card", icon="qr_code_2_add", permissions=["books.add_card"])
    def card(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Make a card; its code is shown once."""
        person = self.model.objects.get(pk=object_id)
        back = reverse(f"admin:books_{self.model._meta.model_name}_change", args=[object_id])  # noqa: SLF001 - Django's
        station = (person.home if isinstance(person, Resident) else None) or Station.objects.first()
        context = {**self.admin_site.each_context(request), "title": f"给 {person} 做一张新卡", "back": back}
        if request.method == "POST" and station is not None:
            made: list[str] = []
            if attempt(request, lambda: made.append(_card(parts_for(request), station, person)), f"{person} 的新卡"):
                context |= {"code": made[0], "picture": code_picture(made[0])}
        context["station"] = station
        return render(request, "pages/card.html", context)


def _card(parts: Parts, station: Station, person: Resident | Staff) -> str:
    with transaction.atomic():
        code = make_card(parts, station.county, person)
        tell_stations(parts, person)
    return code


@admin.register(Resident)
class ResidentPage(PersonPage):
    """Residents with what they have and where it lies."""

    list_display = ("name", "household", "home", "credits", "at_stations", "at_office")
    list_filter = ("home",)
    list_select_related = ("household", "home")
    fields = ("name", "household", "home", "credits", "at_stations", "at_office")
    inlines = (CardInline, CreditInline)
    actions_detail: ClassVar[Any] = ["give", "take", "move", "card", "forget"]
    search_fields = ("name", "id", "household__name")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """With the sums that the list shows, in one further query."""
        rows = Counter.objects.filter(thing__startswith="points/").values_list("thing")
        self._held = dict(rows.annotate(held=Sum(F("granted") - F("returned"))))
        self._left = dict(
            rows.annotate(left=Sum(F("granted") + F("earned") - F("spent") + F("refunded") - F("returned")))
        )
        return super().get_queryset(request)

    def get_readonly_fields(self, _request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:
        """Points move by the button alone; a home station, once chosen, is not changed in passing."""
        fixed = ("credits", "at_stations", "at_office")
        return (*fixed, "home") if isinstance(obj, Resident) and obj.home_id else fixed

    @admin.display(description="站点可用")
    def at_stations(self, resident: Resident) -> int:
        """What can be spent at stations, as far as the office knows."""
        return self._left.get(f"points/{resident.pk}", 0)

    @admin.display(description="留在总站")
    def at_office(self, resident: Resident) -> int:
        """What no station holds."""
        return resident.ceiling - self._held.get(f"points/{resident.pk}", 0)

    @action(description="发放积分", url_path="give", icon="add_card", permissions=["books.add_credit"])
    def give(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Give points, with a reason."""
        resident = Resident.objects.get(pk=object_id)
        back = reverse("admin:books_resident_change", args=[object_id])
        form = GiveForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            points, reason = form.cleaned_data["points"], form.cleaned_data["reason"]
            said = f"{resident.name} +{points} 分" + ("" if resident.home else "；没有所属站点，先留在总站")
            if attempt(request, lambda: give_points(parts_for(request), resident.pk, points, reason), said):
                return redirect(back)
        title = f"给 {resident.name} 发放积分（累计 {resident.credits}，留在总站 {free_points(resident)}）"
        context = {**self.admin_site.each_context(request), "title": title, "form": form, "back": back}
        return render(request, "pages/form.html", context)

    @action(description="收回积分", url_path="take", icon="undo", permissions=["books.add_correction"])
    def take(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Take points back, with a reason."""
        resident = Resident.objects.get(pk=object_id)
        return ask(
            request, self, object_id, f"从 {resident.name} 收回积分（留在总站 {free_points(resident)}）", GiveForm,
            lambda form: take_back(parts_for(request), object_id, form["points"], form["reason"]),
            "已登记；还在站点的部分，站点交回以后才收得回",
        )  # fmt: skip

    @action(description="换所属站点", url_path="move", icon="moving", permissions=["books.change_resident"])
    def move(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Another home station."""
        return ask(
            request, self, object_id, f"{Resident.objects.get(pk=object_id)} 换所属站点", HomeForm,
            lambda form: move_home(parts_for(request), object_id, form["home"].pk, form["reason"]),
            "已更换；原来站点的积分交回以后转过去",
        )  # fmt: skip

    @action(description="删除个人信息", url_path="forget", icon="delete", permissions=["books.add_erasure"])
    def forget(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Ask for it; somebody confirms it on its own page."""
        return ask(
            request, self, object_id, f"登记：删除 {Resident.objects.get(pk=object_id)} 的个人信息", ReasonForm,
            lambda form: ask_erasure(parts_for(request), object_id, form["reason"]),
            "已登记，要在「删除个人信息」里确认以后才会删除",
        )  # fmt: skip

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody changes who was forgotten or merged."""
        closed = isinstance(obj, Resident) and (obj.erased_at is not None or obj.merged_into_id is not None)
        return not closed and super().has_change_permission(request, obj)


@admin.register(Staff)
class StaffPage(PersonPage):
    """People who work at stations."""

    list_display = ("name", "role")
    fields = ("name", "role")
    inlines = (CardInline,)


@admin.register(Household)
class HouseholdPage(Page):
    """Who lives together."""

    list_display = ("name", "address")
    search_fields = ("name", "address")
