"""Where points came from and what became of them. Rows are added; none is ever changed but a voucher's fate."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from office.books.models.residents import Resident
from office.books.models.stations import Station

FATES = [("void", "作废"), ("honoured", "已兑付"), ("expired", "过期")]


class Credit(models.Model):
    """Points given to a resident."""

    resident = models.ForeignKey(Resident, models.PROTECT, verbose_name="居民")
    points = models.PositiveBigIntegerField("积分")
    reason = models.CharField("原因", max_length=100)
    by = models.CharField("经办人", max_length=150)
    at = models.DateTimeField("时间")

    class Meta:
        """Names."""

        verbose_name = verbose_name_plural = "积分发放"
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return f"{self.resident} +{self.points}"


class Grant(models.Model):
    """A right handed to a station: ``total`` is the running total that the station is told."""

    station = models.ForeignKey(Station, models.PROTECT, verbose_name="站点")
    epoch = models.PositiveIntegerField("期")
    thing = models.CharField("权利", max_length=90, db_index=True)
    amount = models.PositiveBigIntegerField("数量")
    total = models.PositiveBigIntegerField("累计")
    reason = models.CharField("原因", max_length=100)
    by = models.CharField("经办人", max_length=150)
    at = models.DateTimeField("时间")
    down_epoch = models.PositiveIntegerField("下行期", default=0)
    number = models.PositiveBigIntegerField("发给站点的第几条", default=0)

    class Meta:
        """Names."""

        verbose_name = verbose_name_plural = "拨付"
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return f"{self.station_id} {self.thing} +{self.amount}"


class Voucher(models.Model):
    """A voucher that a station issued, as its entry says."""

    station = models.ForeignKey(Station, models.PROTECT, verbose_name="站点", db_index=False)
    epoch = models.PositiveIntegerField("期")
    number = models.PositiveIntegerField("券号")
    resident = models.CharField("居民编号", max_length=40, db_index=True)
    item = models.PositiveIntegerField("物品编号")
    pieces = models.PositiveSmallIntegerField("件数")
    points = models.PositiveIntegerField("积分")
    place = models.CharField("兑付地点", max_length=14)
    issued = models.DateField("开券日期", null=True)
    expires = models.DateField("有效期至", null=True)
    fate = models.CharField("结果", max_length=10, blank=True, choices=FATES)
    fate_at = models.DateTimeField("结果时间", null=True, blank=True)
    fate_by = models.CharField("结果由谁写下", max_length=150, blank=True)
    refunded = models.BooleanField("已退回", default=False)
    entry = models.PositiveBigIntegerField("记录编号", null=True, blank=True)
    proxy = models.CharField("代领人编号", max_length=40, blank=True)
    received_at = models.DateTimeField("收到时间")

    class Meta:
        """A number is given once in each life of a station."""

        verbose_name = verbose_name_plural = "兑换券"
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["station", "epoch", "number"], name="voucher_once")]

    def __str__(self) -> str:
        return f"{self.station_id} {self.epoch}-{self.number}"
