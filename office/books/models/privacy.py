"""Who may come for whom, who agreed to what, and who is to be forgotten."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from office.books.models.residents import Resident
from office.books.models.stations import Station


class Neighbour(models.Model):
    """A neighbour who may come in a resident's place (代领)."""

    resident = models.ForeignKey(Resident, models.PROTECT, verbose_name="居民", related_name="neighbours")
    neighbour = models.ForeignKey(Resident, models.PROTECT, verbose_name="代领人", related_name="+")
    spend = models.BooleanField("可以代兑换", default=False)
    collect = models.BooleanField("可以代领取", default=True)
    until = models.DateField("有效期至", null=True, blank=True, help_text="空着：一直有效，直到取消")
    by = models.CharField("经办人", max_length=150)
    at = models.DateTimeField("时间")

    class Meta:
        """Once a pair."""

        verbose_name = verbose_name_plural = "代领人"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["resident", "neighbour"], name="neighbour_once"),
            models.CheckConstraint(name="neighbour_other", condition=~Q(resident=models.F("neighbour"))),
        ]

    def __str__(self) -> str:
        return f"{self.resident} ← {self.neighbour}"


class Consent(models.Model):
    """A resident agreed to a version of the notice, or withdrew that."""

    station = models.ForeignKey(Station, models.PROTECT, verbose_name="站点")
    resident = models.CharField("居民编号", max_length=40, db_index=True)
    notice = models.PositiveIntegerField("告知书版本", null=True)
    withdrawn = models.BooleanField("撤回", default=False)
    received_at = models.DateTimeField("收到时间")

    class Meta:
        """Names."""

        verbose_name = verbose_name_plural = "同意记录"
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return f"{self.resident} {'撤回' if self.withdrawn else self.notice}"


class PinEvent(models.Model):
    """A resident's PIN was set, locked, unlocked, or taken away; the PIN itself is known to nobody."""

    WHAT: ClassVar = [("set", "设置"), ("locked", "输错，暂停"), ("unlocked", "解除暂停"), ("reset", "总站取消")]

    resident = models.CharField("居民编号", max_length=40, db_index=True)
    what = models.CharField("事项", max_length=10, choices=WHAT)
    station = models.ForeignKey(Station, models.PROTECT, null=True, verbose_name="站点")
    by = models.CharField("经办人", max_length=150, blank=True)
    reason = models.CharField("原因", max_length=100, blank=True)
    at = models.DateTimeField("时间")

    class Meta:
        """Names."""

        verbose_name = verbose_name_plural = "兑换密码"
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return f"{self.resident} {self.what}"


class Erasure(models.Model):
    """A resident is to be forgotten: asked for, confirmed by a second look, done at every station."""

    resident = models.CharField("居民编号", max_length=40, db_index=True)
    reason = models.CharField("原因", max_length=100)
    by = models.CharField("提出人", max_length=150)
    at = models.DateTimeField("提出时间")
    confirmed_by = models.CharField("确认人", max_length=150, blank=True)
    confirmed_at = models.DateTimeField("确认时间", null=True, blank=True)
    declined = models.CharField("不予删除的原因", max_length=100, blank=True)

    class Meta:
        """Names."""

        verbose_name = verbose_name_plural = "删除个人信息"
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return self.resident


class ErasureStation(models.Model):
    """One station that was asked to forget."""

    erasure = models.ForeignKey(Erasure, models.PROTECT, verbose_name="删除")
    station = models.ForeignKey(Station, models.PROTECT, verbose_name="站点")
    done_at = models.DateTimeField("完成时间", null=True, blank=True)

    class Meta:
        """Once a station."""

        verbose_name = verbose_name_plural = "站点的删除"
        ordering: ClassVar = ["station"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["erasure", "station"], name="erasure_once")]

    def __str__(self) -> str:
        return f"{self.erasure} {self.station_id}"
