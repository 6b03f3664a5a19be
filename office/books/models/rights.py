"""Rights on their way: what was asked back, what was taken back, fates that wait, and what is still to be done."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from office.books.models.residents import Resident
from office.books.models.stations import Station


class Recall(models.Model):
    """What the office ever asked back of one right at one life of a station, and what was answered: running totals."""

    station = models.ForeignKey(Station, models.PROTECT, verbose_name="站点", db_index=False)
    epoch = models.PositiveIntegerField("期")
    thing = models.CharField("权利", max_length=90, db_index=True)
    asked = models.BigIntegerField("累计要求收回", default=0)
    answered = models.BigIntegerField("站点已答复到", default=0)
    reason = models.CharField("最近的原因", max_length=100, blank=True)
    by = models.CharField("经办人", max_length=150, blank=True)
    at = models.DateTimeField("时间")

    class Meta:
        """One row a right and life."""

        verbose_name = verbose_name_plural = "收回"
        ordering: ClassVar = ["-at"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["station", "epoch", "thing"], name="recall_once")]

    def __str__(self) -> str:
        return f"{self.station_id} {self.thing} {self.answered}/{self.asked}"


class Errand(models.Model):
    """What a frame or a person left to be done at other stations. Doing it twice does nothing: it may stand twice."""

    kind = models.CharField("种类", max_length=12)
    key = models.CharField("对象", max_length=180)
    at = models.DateTimeField("时间")

    class Meta:
        """Done in order."""

        verbose_name = verbose_name_plural = "待办"
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class PlaceFate(models.Model):
    """A fate that a place wrote on another life's voucher. ``settled``: it stands at the voucher, or was parked."""

    place = models.ForeignKey(Station, models.PROTECT, verbose_name="兑付地点", related_name="+", db_index=False)
    place_epoch = models.PositiveIntegerField("兑付地点的期")
    entry = models.PositiveBigIntegerField("记录编号")
    station = models.CharField("开券站点", max_length=14)
    epoch = models.PositiveIntegerField("期")
    number = models.PositiveIntegerField("券号")
    fate = models.CharField("结果", max_length=10)
    packed = models.CharField("券面", max_length=58, blank=True)
    settled = models.BooleanField("已入账", default=False)
    at = models.DateTimeField("时间")

    class Meta:
        """Found by voucher."""

        verbose_name = verbose_name_plural = "异地兑付"
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [models.Index(fields=["station", "epoch", "number"], name="fate_of")]

    def __str__(self) -> str:
        return f"{self.station} {self.epoch}-{self.number} {self.fate}"


class ToldFate(models.Model):
    """A fate that the office told an issuer before it was restored; gone as soon as it stands at the voucher."""

    station = models.CharField("开券站点", max_length=14)
    epoch = models.PositiveIntegerField("期")
    number = models.PositiveIntegerField("券号")
    fate = models.CharField("结果", max_length=10)
    place = models.CharField("兑付地点", max_length=14)

    class Meta:
        """A fate is written once."""

        verbose_name = verbose_name_plural = "恢复前已告知的结果"
        constraints: ClassVar = [models.UniqueConstraint(fields=["station", "epoch", "number"], name="told_once")]

    def __str__(self) -> str:
        return f"{self.station} {self.epoch}-{self.number} {self.fate}"


class Award(models.Model):
    """Points that a station gave from its budget."""

    station = models.ForeignKey(Station, models.PROTECT, verbose_name="站点", db_index=False)
    epoch = models.PositiveIntegerField("期")
    award = models.CharField("编号", max_length=40)
    resident = models.CharField("居民编号", max_length=40, db_index=True)
    points = models.PositiveIntegerField("积分")
    staff = models.CharField("工作人员", max_length=40)
    reason = models.CharField("原因", max_length=100)
    undone = models.CharField("撤销原因", max_length=100, blank=True)
    undone_by = models.CharField("撤销人", max_length=40, blank=True)
    received_at = models.DateTimeField("收到时间")

    class Meta:
        """An award is given once."""

        verbose_name = verbose_name_plural = "站点奖励"
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["station", "epoch", "award"], name="award_once")]

    def __str__(self) -> str:
        return f"{self.station_id} +{self.points}"


class StockMove(models.Model):
    """Pieces that came in or were written off at a station; ``pieces`` below 0: gone."""

    station = models.ForeignKey(Station, models.PROTECT, verbose_name="站点")
    epoch = models.PositiveIntegerField("期")
    item = models.PositiveIntegerField("物品编号")
    pieces = models.IntegerField("件数")
    staff = models.CharField("工作人员", max_length=40)
    reason = models.CharField("原因", max_length=100)
    received_at = models.DateTimeField("收到时间")

    class Meta:
        """Names."""

        verbose_name = verbose_name_plural = "站点库存变动"
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return f"{self.station_id} {self.item} {self.pieces:+d}"


class Correction(models.Model):
    """Points taken back. ``burnt`` came back; ``absorbed``: a person gave up the rest; what is left is owed.

    ``heir``: what comes back is given to this resident (two accounts of one person).
    """

    resident = models.ForeignKey(Resident, models.PROTECT, verbose_name="居民", related_name="corrections")
    points = models.PositiveBigIntegerField("要收回")
    burnt = models.PositiveBigIntegerField("已收回", default=0)
    absorbed = models.PositiveBigIntegerField("不再追", default=0)
    heir = models.ForeignKey(
        Resident, models.PROTECT, null=True, blank=True, verbose_name="转给", related_name="inheritances"
    )
    reason = models.CharField("原因", max_length=100)
    by = models.CharField("经办人", max_length=150)
    at = models.DateTimeField("时间")
    absorbed_by = models.CharField("核销人", max_length=150, blank=True)
    absorbed_reason = models.CharField("核销原因", max_length=100, blank=True)

    class Meta:
        """Never more than was to be taken."""

        verbose_name = verbose_name_plural = "积分更正"
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(name="correction_sound", condition=Q(points__gte=F("burnt") + F("absorbed")))
        ]

    def __str__(self) -> str:
        return f"{self.resident} -{self.points}"

    @property
    def owed(self) -> int:
        """What is neither back nor given up."""
        return self.points - self.burnt - self.absorbed
