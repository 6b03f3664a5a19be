"""Stations as the office knows them: keys, the two cursors, the counters of their rights, what is wrong with them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from domain.rights import Counters

LIFE_STATES = [
    ("open", "使用中"),
    ("closing", "正在收回"),
    ("fenced", "已停用"),
    ("closed", "自行结束"),
    ("imported", "已导入"),
    ("released", "已释放"),
]
TAKES = ("open", "closing")
"""States in which entries are taken by wire."""
ENDED = ("fenced", "imported", "released")
"""States in which a person ended a life: nothing is granted to it or asked of it."""


class Office(models.Model):
    """One row: how often the worker was started, and since when the books are being made whole after a restore."""

    boot = models.PositiveIntegerField(default=0)
    floors = models.JSONField(default=dict, blank=True)  # versions of documents that were announced before a restore
    recovering_at = models.DateTimeField("恢复开始", null=True, blank=True)
    recovering_why = models.CharField("最近一次恢复的原因", max_length=100, blank=True)
    recovering_by = models.CharField("经办人", max_length=150, blank=True)


class Station(models.Model):
    """One station in its present life. Its row is the lock of its two logs."""

    id = models.CharField("编号", primary_key=True, max_length=14, help_text="14 位：社区 12 位统计代码加 2 位")
    name = models.CharField("名称", max_length=20)
    epoch = models.PositiveIntegerField("期", default=1)
    life = models.CharField("期的状态", max_length=8, default="open", choices=LIFE_STATES)
    line = models.PositiveIntegerField("证书所属的期", default=1)
    voucher_key = models.CharField("兑换券公钥", max_length=64)
    frame_key = models.CharField("传输公钥", max_length=64)
    up_last = models.PositiveBigIntegerField("已收到第几条", default=0)
    up_hash = models.BinaryField(max_length=32)
    up_signature = models.BinaryField(max_length=64, default=b"")
    down_epoch = models.PositiveIntegerField("下行期", default=1)
    down_last = models.PositiveBigIntegerField("已写到第几条", default=0)
    down_hash = models.BinaryField(max_length=32)
    unmerged = models.PositiveIntegerField("待合并的下行期", default=0)  # after a restore; 0: nothing is missing
    down_acked = models.PositiveBigIntegerField("站点已收到第几条", default=0)
    heard_at = models.DateTimeField("上次联系", null=True, blank=True)
    connected = models.BooleanField("在线", default=False)
    state = models.JSONField("站点状态", default=dict, blank=True)
    enrolled_at = models.DateTimeField("登记时间")

    class Meta:
        """Names."""

        verbose_name = verbose_name_plural = "站点"
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.name}（{self.id}）"

    @property
    def county(self) -> str:
        """The first six digits: who shares cards and pictures."""
        return self.id[:6]

    @property
    def waiting(self) -> int:
        """How many entries of the office the station has not acknowledged."""
        return self.down_last - self.down_acked


class Counter(models.Model):
    """The five counters of one right at one station in one of its lives. ``granted`` is the office's own."""

    station = models.ForeignKey(Station, models.PROTECT, verbose_name="站点", db_index=False)
    epoch = models.PositiveIntegerField("期")
    thing = models.CharField("权利", max_length=90)
    granted = models.BigIntegerField("已拨付", default=0)
    earned = models.BigIntegerField("站内得到", default=0)
    spent = models.BigIntegerField("已使用", default=0)
    refunded = models.BigIntegerField("已退回居民", default=0)
    returned = models.BigIntegerField("已交回总站", default=0)

    class Meta:
        """The invariant of docs/sync.md, kept by the database itself."""

        verbose_name = verbose_name_plural = "站点持有的权利"
        ordering: ClassVar = ["station", "epoch", "thing"]
        indexes: ClassVar = [models.Index(fields=["thing"])]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["station", "epoch", "thing"], name="counter_once"),
            models.CheckConstraint(
                name="counter_sound",
                condition=Q(refunded__lte=F("spent"))
                & Q(granted__gte=F("spent") - F("refunded") + F("returned") - F("earned"))
                & Q(granted__gte=0, earned__gte=0, refunded__gte=0, returned__gte=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.station_id} {self.thing}"

    @property
    def counters(self) -> Counters:
        """As the rules know them."""
        return Counters(self.granted, self.earned, self.spent, self.refunded, self.returned)


class Alarm(models.Model):
    """Something that only people can put right."""

    station = models.ForeignKey(Station, models.PROTECT, verbose_name="站点")
    code = models.CharField("代码", max_length=40)
    detail = models.TextField("说明", blank=True)
    at = models.DateTimeField("发生时间")
    cleared_at = models.DateTimeField("处理时间", null=True, blank=True)

    class Meta:
        """One open alarm of a kind at a station."""

        verbose_name = verbose_name_plural = "告警"
        ordering: ClassVar = ["-at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["station", "code"], condition=Q(cleared_at__isnull=True), name="alarm_open_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.station_id} {self.code}"
