"""Stations: how they stand, what they hold, what is wrong with them. Enrolling is a command: it makes keys."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from unfold.decorators import action, display

from office.books.models import Alarm, Counter, Holding, Station, UpEntry, Voucher
from office.pages.base import Page, ReadOnlyInline, ReadOnlyPage, ask, attempt, parts_for
from office.pages.forms import GiveForm, ReasonForm, StockForm
from office.services.errands import RETRY, leave
from office.services.grants import grant_budget, grant_stock
from office.services.overview import Standing, overview, recovery
from office.services.parked import set_aside

_WAITS = ("waits for its request", "等站点来登记")

_LIFE = {"closing": "这一期正在收回", "fenced": "这一期已停用，等着导入或释放"}


class AlarmInline(ReadOnlyInline):
    """What is wrong."""

    model = Alarm
    fields = readonly_fields = ("at", "code", "detail", "cleared_at")


class HoldingInline(ReadOnlyInline):
    """Which documents it has."""

    model = Holding
    fields = readonly_fields = ("name", "version", "state", "reason", "at")


class CounterInline(ReadOnlyInline):
    """Which rights it holds."""

    model = Counter
    fields = readonly_fields = ("epoch", "thing", "granted", "earned", "spent", "refunded", "returned")


@admin.register(Station)
class StationPage(Page):
    """Every station with how it stands."""

    list_display = ("name", "id", "epoch", "up_last", "on_its_way", "catalogue", "exposure", "wrong")
    fields = (
        "name", "id", "epoch", "connected", "heard_at", "up_last", "down_epoch", "down_last", "down_acked", "state",
        "enrolled_at", "certificate", "irregular",
    )  # fmt: skip
    readonly_fields = fields[1:]
    inlines = (AlarmInline, HoldingInline, CounterInline)
    actions_detail: ClassVar[Any] = ["stock", "budget", "clear"]

    def has_add_permission(self, _request: HttpRequest) -> bool:
        """By ``office enrol``."""
        return False

    def get_queryset(self, request: HttpRequest) -> Any:
        """With how they stand, looked up once for the page."""
        self._standing = {row.station: row for row in overview()}
        return super().get_queryset(request)

    def _of(self, station: Station) -> Standing:
        return self._standing[station.pk]

    @display(description="联系", label={"在线": "success", "离线": "warning", "从未": "danger"})
    def line(self, station: Station) -> tuple[str, str]:
        """Whether it is heard, and when it was."""
        if station.heard_at is None:
            return "从未", "从未联系"
        return ("在线", "在线") if station.connected else ("离线", f"离线，上次 {self._of(station).heard}")

    @admin.display(description="发送中")
    def on_its_way(self, station: Station) -> int:
        """Entries that it has not acknowledged."""
        return station.waiting

    @admin.display(description="目录")
    def catalogue(self, station: Station) -> str:
        """Which catalogue it has."""
        return self._of(station).catalogue_words

    @admin.display(description="可用积分")
    def exposure(self, station: Station) -> int:
        """Points that it could still spend."""
        return self._of(station).exposure

    @admin.display(description="要处理的事")
    def wrong(self, station: Station) -> str:
        """Alarms and parked entries."""
        standing = self._of(station)
        parked = (f"搁置 {standing.parked} 条",) if standing.parked else ()
        odd = (f"异常 {standing.odd} 次",) if standing.odd else ()
        unheard = ("恢复以后还没有联系上",) if standing.unheard else ()
        counts = (
            (standing.owed, "待追回 {} 分"), (standing.erasures, "待删除个人信息 {} 人"),
            (standing.frozen, "已停用的期未了 {} 分"),
        )  # fmt: skip
        life = (_LIFE[standing.life],) if standing.life in _LIFE else ()
        others = (words.format(number) for number, words in counts if number)
        return "，".join((*unheard, *standing.alarms, *life, *parked, *odd, *others)) or "—"

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """While the books are made whole after a restore, that stands above."""
        if (now := recovery()) is not None:
            begun = f"{now.since} 起，{now.by}：{now.why}" if now.since else now.why
            waits = "、".join(now.waits) or "没有了"
            messages.warning(request, f"正在恢复账目（{begun}）。联系上以前不拨付积分，还在等：{waits}")
        return super().changelist_view(request, extra_context)

    @admin.display(description="证书")
    def certificate(self, station: Station) -> str:
        """Until when its certificate is good."""
        said = self._of(station).certificate
        said = said.replace(", to be renewed", "，该换新的了")
        return said.replace("until ", "有效期至 ").replace("taken back", "已吊销").replace(*_WAITS) or "—"

    @admin.display(description="异常")
    def irregular(self, station: Station) -> str:
        """What came in its name and should not have."""
        return "，".join(f"{code} ×{number}" for code, number in self._of(station).irregular.items()) or "—"

    @action(description="登记送货", url_path="stock", icon="inventory_2", permissions=["books.add_grant"])
    def stock(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Pieces were brought there."""
        station, back = Station.objects.get(pk=object_id), reverse("admin:books_station_change", args=[object_id])
        form = StockForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            item, pieces, reason = (form.cleaned_data[name] for name in ("item", "pieces", "reason"))
            work = lambda: grant_stock(parts_for(request), object_id, item, pieces, reason)  # noqa: E731 - short
            if attempt(request, work, f"{station}：物品 {item} +{pieces}"):
                return redirect(back)
        context = {**self.admin_site.each_context(request), "title": f"送货到{station}", "form": form, "back": back}
        return render(request, "pages/form.html", context)

    @action(description="奖励预算", url_path="budget", icon="redeem", permissions=["books.add_grant"])
    def budget(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Points that the station may award by itself."""
        return ask(
            request, self, object_id, f"给{Station.objects.get(pk=object_id)}奖励预算", GiveForm,
            lambda form: grant_budget(parts_for(request), object_id, form["points"], form["reason"]), "已拨付",
        )  # fmt: skip

    @action(description="告警已处理", url_path="clear", icon="done_all", permissions=["books.change_alarm"])
    def clear(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Somebody has looked at every open alarm."""
        back = reverse("admin:books_station_change", args=[object_id])
        if request.method != "POST":
            context = {
                **self.admin_site.each_context(request),
                "title": "把这个站点的告警记为已处理？",
                "back": back,
                "question": "只在查清原因以后这样做。站点自己的告警要重新登记（office enrol）才会解除。",
            }
            return render(request, "pages/form.html", context)
        count = Alarm.objects.filter(station=object_id, cleared_at=None).update(cleared_at=parts_for(request).now())
        messages.success(request, f"{count} 条告警记为已处理")
        return redirect(back)


@admin.register(UpEntry)
class UpEntryPage(ReadOnlyPage):
    """What stations sent, as received."""

    list_display = ("station", "epoch", "number", "kind", "parked", "received_at")
    list_filter = ("station", "kind", ("parked", admin.EmptyFieldListFilter))
    fields = ("station", "epoch", "number", "kind", "parked", "note", "received_at", "text")
    actions_detail: ClassVar[Any] = ["again", "aside"]
    readonly_fields = ("text",)
    list_select_related = ("station",)
    show_full_result_count = False

    @action(description="重新入账", url_path="again", icon="refresh", permissions=["books.change_upentry"])
    def again(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Try a parked entry with the books as they are now; the worker does it at once."""
        entry = UpEntry.objects.get(pk=object_id)
        key = f"{entry.station_id}/{entry.epoch}/{entry.number}"
        return ask(
            request, self, object_id, "按现在的账目再试一次？", None,
            lambda _form: leave(parts_for(request), RETRY, key), "已交给后台，过一会儿再看",
        )  # fmt: skip

    @action(description="不入账", url_path="aside", icon="archive", permissions=["books.change_upentry"])
    def aside(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Set a parked entry aside for good."""
        entry = UpEntry.objects.get(pk=object_id)
        return ask(
            request, self, object_id, f"{entry}：不入账？", ReasonForm,
            lambda form: set_aside(
                parts_for(request), entry.station_id, entry.epoch, entry.number, form["reason"]
            ), "已记录",
        )  # fmt: skip

    @admin.display(description="原文")
    def text(self, entry: UpEntry) -> str:
        """Its bytes, as far as they are text."""
        return bytes(entry.data).decode("utf-8", "backslashreplace")


@admin.register(Voucher)
class VoucherPage(ReadOnlyPage):
    """Vouchers that stations issued."""

    list_display = ("station", "epoch", "number", "item", "pieces", "points", "issued", "expires", "fate")
    list_filter = ("station", "fate")
    search_fields = ("resident", "number")
    list_select_related = ("station",)
    show_full_result_count = False
