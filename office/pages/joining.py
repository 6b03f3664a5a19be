"""Who asks to join: looked at, accepted or refused."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from unfold.decorators import action
from unfold.widgets import UnfoldAdminTextInputWidget

from domain.joining import REASON_MAX
from office.books.models import JoinRequest, Resident, Station
from office.pages.base import ReadOnlyPage, ask, parts_for
from office.services.joining import accept, given_with, refuse


class AcceptForm(forms.Form):
    """A name and a home: what the request does not say."""

    name = forms.CharField(
        label="姓名", max_length=20, widget=UnfoldAdminTextInputWidget(attrs={"autofocus": True}),
        help_text="见面或打电话核对以后填写；站点只收到带星号的名字",
    )  # fmt: skip
    home = forms.ModelChoiceField(label="所属站点", queryset=Station.objects.all())


class RefuseForm(forms.Form):
    """Why, in words that the one who asked will read."""

    reason = forms.CharField(
        label="原因",
        max_length=REASON_MAX,
        widget=UnfoldAdminTextInputWidget(attrs={"autofocus": True}),
        help_text="申请人会在站点的屏幕上看到，请写清楚怎么办",
    )


@admin.register(JoinRequest)
class JoinRequestPage(ReadOnlyPage):
    """Requests of all stations, the newest first."""

    list_display = ("received_at", "station", "number", "state", "minor", "resident", "by", "decided_at")
    list_filter = ("state", "station")
    list_select_related = ("station", "resident")
    search_fields = ("number", "request")
    fields = (
        "number", "station", "received_at", "state", "id_card", "phone", "minor", "guardian", "notice", "resident",
        "reason", "by", "decided_at",
    )  # fmt: skip
    readonly_fields = ("id_card", "phone", "guardian")
    actions_detail: ClassVar[Any] = ["accept", "refuse"]

    @admin.display(description="身份证")
    def id_card(self, row: JoinRequest) -> str:
        """Whether one was laid: its digest says nothing to people."""
        given = given_with(row)
        return "—" if given is None else "放过" if given.id_card else "没有放"

    @admin.display(description="手机号")
    def phone(self, row: JoinRequest) -> str:
        """As it was typed."""
        given = given_with(row)
        return given.phone if given is not None and given.phone else "—"

    @admin.display(description="监护人")
    def guardian(self, row: JoinRequest) -> str:
        """Who came along."""
        given = given_with(row)
        if given is None or not (given.guardian or given.guardian_card):
            return "—"
        known = Resident.objects.filter(pk=given.guardian).first() if given.guardian else None
        return str(known) if known is not None else "放过身份证，还没有登记"

    @action(description="同意加入", url_path="accept", icon="how_to_reg", permissions=["books.change_joinrequest"])
    def accept(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Make them a resident."""
        row = JoinRequest.objects.get(pk=object_id)
        return ask(
            request, self, object_id, f"同意 {row.number} 加入", AcceptForm,
            lambda form: accept(parts_for(request), row.request, form["name"], form["home"].pk),
            "已登记为居民，凭条和身份证都可以当卡用；站点联系上以后就认得",
        )  # fmt: skip

    @action(description="不同意", url_path="refuse", icon="block", permissions=["books.change_joinrequest"])
    def refuse(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """With a reason."""
        row = JoinRequest.objects.get(pk=object_id)
        return ask(
            request, self, object_id, f"不同意 {row.number} 加入？", RefuseForm,
            lambda form: refuse(parts_for(request), row.request, form["reason"]), "已答复；过了保留期会自动删除",
        )  # fmt: skip
