"""The lives of stations: how each began and ended, and what turned up after its end."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from office.books.models.stations import LIFE_STATES, Station


class Life(models.Model):
    """One life of a station. ``last``, ``hash`` and ``signature``: the newest entry of its journal that is held here,
    with the station's own signature; of the present life they stand in the station's row and here when it ended.

    ``enrolled``: the life whose certificate it speaks with; a life that a station began by itself keeps the former
    one's keys. ``fence``: number of the entry that tells it of its end. ``owed``: what follows from its beginning is
    not done yet.
    """

    station = models.ForeignKey(Station, models.PROTECT, verbose_name="站点", db_index=False)
    epoch = models.PositiveIntegerField("期")
    state = models.CharField("状态", max_length=8, default="open", choices=LIFE_STATES)
    enrolled = models.PositiveIntegerField("证书所属的期")
    voucher_key = models.CharField("兑换券公钥", max_length=64, blank=True)
    frame_key = models.CharField("传输公钥", max_length=64, blank=True)
    down_epoch = models.PositiveIntegerField("下行期")
    last = models.PositiveBigIntegerField("已收到第几条", default=0)
    hash = models.BinaryField(max_length=32, default=b"")
    signature = models.BinaryField(max_length=64, default=b"")
    last_good = models.PositiveIntegerField("有效的最后券号", null=True, blank=True)
    fence = models.PositiveBigIntegerField("停用通知", null=True, blank=True)
    owed = models.BooleanField(default=False)
    opened_at = models.DateTimeField("开始")
    fenced_at = models.DateTimeField("停用", null=True, blank=True)
    ended_at = models.DateTimeField("了结", null=True, blank=True)
    by = models.CharField("经办人", max_length=150, blank=True)
    reason = models.CharField("原因", max_length=100, blank=True)

    class Meta:
        """One row a life."""

        verbose_name = verbose_name_plural = "站点的期"
        ordering: ClassVar = ["station", "-epoch"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["station", "epoch"], name="life_once")]

    def __str__(self) -> str:
        return f"{self.station_id} 第 {self.epoch} 期"


class LateClaim(models.Model):
    """An entry that turned up after its life's rights were released, or that says something else than what is held.

    It is kept and changes nothing until a named person settled it.
    """

    station = models.ForeignKey(Station, models.PROTECT, verbose_name="站点", db_index=False)
    epoch = models.PositiveIntegerField("期")
    number = models.PositiveBigIntegerField("编号")
    data = models.BinaryField()
    kind = models.CharField("种类", max_length=40)
    resident = models.CharField("居民编号", max_length=40, blank=True)
    points = models.PositiveIntegerField("积分", default=0)
    why = models.CharField("由来", max_length=8, choices=[("late", "释放以后才到"), ("fork", "与已收到的不同")])
    state = models.CharField(
        "处理", max_length=8, default="open",
        choices=[("open", "待处理"), ("accepted", "记在居民账上"), ("absorbed", "由站点承担")],
    )  # fmt: skip
    received_at = models.DateTimeField("收到时间")
    settled_at = models.DateTimeField("处理时间", null=True, blank=True)
    by = models.CharField("经办人", max_length=150, blank=True)
    reason = models.CharField("原因", max_length=100, blank=True)

    class Meta:
        """The same bytes of the same place once."""

        verbose_name = verbose_name_plural = "迟到的记录"
        ordering: ClassVar = ["station", "epoch", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["station", "epoch", "number", "data"], name="claim_once")
        ]

    def __str__(self) -> str:
        return f"{self.station_id} {self.epoch}-{self.number} {self.kind}"
