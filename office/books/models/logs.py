"""The two logs of every station: what it sent, kept as received, and what the office wrote to it.

No index on the station alone: it would stand beside the unique one that begins with it, and SQLite's planner would
prefer it and read through all of a station's rows.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from office.books.models.stations import Station


class UpEntry(models.Model):
    """An entry of a station, byte for byte. ``parked`` says why it was not applied, empty if it was."""

    station = models.ForeignKey(Station, models.PROTECT, verbose_name="站点", db_index=False)
    epoch = models.PositiveIntegerField("期")
    number = models.PositiveBigIntegerField("编号")
    data = models.BinaryField()
    hash = models.BinaryField(max_length=32)
    salt = models.BinaryField(max_length=16, null=True)
    private = models.BinaryField(null=True)
    kind = models.CharField("种类", max_length=40)
    parked = models.CharField("搁置原因", max_length=200, blank=True)
    note = models.CharField("处理", max_length=300, blank=True, db_default="")
    received_at = models.DateTimeField("收到时间")

    class Meta:
        """Found by number; the parked ones by themselves."""

        verbose_name = verbose_name_plural = "站点的记录"
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["station", "epoch", "number"], name="up_once")]
        indexes: ClassVar = [models.Index(fields=["station"], condition=~Q(parked=""), name="up_parked")]

    def __str__(self) -> str:
        return f"{self.station_id} {self.epoch}-{self.number} {self.kind}"


class DownEntry(models.Model):
    """An entry of the office for one station."""

    station = models.ForeignKey(Station, models.PROTECT, verbose_name="站点", db_index=False)
    epoch = models.PositiveIntegerField("期")
    number = models.PositiveBigIntegerField("编号")
    data = models.BinaryField()
    hash = models.BinaryField(max_length=32)

    class Meta:
        """Found by number."""

        verbose_name = verbose_name_plural = "发给站点的记录"
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["station", "epoch", "number"], name="down_once")]

    def __str__(self) -> str:
        return f"{self.station_id} {self.epoch}-{self.number}"
