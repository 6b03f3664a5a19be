"""Requests to join, as stations wrote them down, and what became of them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from office.books.models.residents import Resident
from office.books.models.stations import Station

STATES = (("asked", "待核对"), ("accepted", "已同意"), ("refused", "未同意"), ("forgotten", "已删除"))


class JoinRequest(models.Model):
    """Somebody asks to join. What names them lies in the erasable part of the entry, nowhere else."""

    request = models.CharField("编号", max_length=40, unique=True)
    station = models.ForeignKey(Station, models.PROTECT, verbose_name="站点")
    epoch = models.PositiveIntegerField("周期")
    entry = models.PositiveBigIntegerField("记录号")
    number = models.CharField("申请号", max_length=16, db_index=True, help_text="凭条上的大字")
    slip = models.CharField("凭条摘要", max_length=80)
    minor = models.BooleanField("未满十四岁", default=False)
    notice = models.PositiveIntegerField("告知书版本")
    received_at = models.DateTimeField("收到时间")
    state = models.CharField("状态", max_length=10, choices=STATES, default="asked", db_index=True)
    resident = models.ForeignKey(Resident, models.PROTECT, verbose_name="居民", null=True, blank=True)
    reason = models.CharField("未同意的原因", max_length=100, blank=True)
    by = models.CharField("经办人", max_length=150, blank=True)
    decided_at = models.DateTimeField("办理时间", null=True, blank=True)

    class Meta:
        """The newest first."""

        verbose_name = verbose_name_plural = "加入申请"
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return self.number
