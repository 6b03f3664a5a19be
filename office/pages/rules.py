"""The rules as a form: every value of the newest version, changed and published as the next."""

from __future__ import annotations

from typing import Any

from django import forms
from unfold.widgets import (
    UnfoldAdminIntegerFieldWidget,
    UnfoldAdminSplitDateTimeWidget,
    UnfoldAdminTextareaWidget,
    UnfoldBooleanWidget,
)

from domain.catalogue import ItemClass
from domain.rules import Period, Rules
from office.services.rules import plain

_NUMBERS = {
    "home_cap": "所属站点最多放多少积分",
    "idle_days": "别处的积分闲置几天收回",
    "wish_seconds": "请居民等候调取的秒数",
    "offline_days_max": "离线几天后站点停用（0：不停）",
    "period_ahead_days": "下一期额度提前几天发放",
    "unconfirmed_vouchers_a_day": "每站每天最多收几张未确认的券",
    "unconfirmed_points_a_day": "每站每天最多收多少分未确认的券",
    "proxy_points": "一位代领人每期最多代用多少分",
    "award_points_max": "一次最多奖励多少分",
    "notice": "告知书版本（改了，居民下次来再看一遍；0：不问）",
    "pin_above": "一次用多少分以上要密码（0：不要）",
    "pin_tries": "密码连错几次暂停",
    "pin_lock_minutes": "暂停多少分钟",
    "join_days": "加入申请多少天没人办就删除",
    "join_keep_days": "加入申请办完以后保留多少天",
    "join_waiting_max": "一个站点最多等着办的加入申请",
}
_PERIODS = {"month": "月", "quarter": "季", "year": "年", "ever": "不限期"}
_HELP = (
    "一行一条：代号 件数 周期 物品编号（逗号隔开）或 goods、service、repair，最后可以写给居民看的名称。"
    "例如：rice 2 month 101,102 大米"
)


class RulesForm(forms.Form):
    """All rules; limits are lines of text."""

    expired_refund = forms.BooleanField(label="过期的券退回积分", required=False, widget=UnfoldBooleanWidget())
    proxy_period = forms.ChoiceField(label="代领额度的周期", choices=list(_PERIODS.items()))
    limits = forms.CharField(label="限额", required=False, widget=UnfoldAdminTextareaWidget(), help_text=_HELP)
    at = forms.SplitDateTimeField(
        label="生效时间（空着：马上）", required=False, widget=UnfoldAdminSplitDateTimeWidget()
    )

    def __init__(self, rules: Rules, data: Any = None) -> None:
        values = plain(rules)
        values["limits"] = "\n".join(_line(limit) for limit in values["limits"])
        super().__init__(data, initial=values)
        numbers = {
            name: forms.IntegerField(
                label=label, min_value=0, max_value=10_000_000, widget=UnfoldAdminIntegerFieldWidget()
            )
            for name, label in _NUMBERS.items()
        }  # fmt: skip
        self.fields = {**numbers, **self.fields}

    def clean_limits(self) -> list[dict[str, Any]]:
        """As in a file."""
        lines = [line.split() for line in self.cleaned_data["limits"].splitlines() if line.strip()]
        return [_limit(words) for words in lines]

    def rules(self) -> dict[str, Any]:
        """The values as a file would state them."""
        return {name: value for name, value in self.cleaned_data.items() if name != "at"}


def _line(limit: dict[str, Any]) -> str:
    what = limit.get("kind") or ",".join(str(item) for item in limit["items"])
    return f"{limit['id']} {limit['pieces']} {limit['period']} {what} {limit.get('name', '')}".rstrip()


def _limit(words: list[str]) -> dict[str, Any]:
    if len(words) < 4 or not words[1].isdecimal() or words[2] not in set(Period):
        raise forms.ValidationError(f"看不懂这一行：{' '.join(words)}")
    key, pieces, period, what = words[:4]
    limit = {"id": key, "pieces": int(pieces), "period": period, "name": " ".join(words[4:])}
    if what in set(ItemClass):
        return {**limit, "kind": what}
    items = what.split(",")
    if not all(item.isdecimal() for item in items):
        raise forms.ValidationError(f"看不懂这一行：{' '.join(words)}")
    return {**limit, "items": [int(item) for item in items]}
