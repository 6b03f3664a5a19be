"""Residents, households, staff and their cards. Names stay at the office; stations get them masked."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from office.books.models.stations import Station


class Household(models.Model):
    """People who live together."""

    name = models.CharField("户名", max_length=40)
    address = models.CharField("地址", max_length=80, blank=True)

    class Meta:
        """Names."""

        verbose_name = verbose_name_plural = "家庭"
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


class Resident(models.Model):
    """A resident. ``credits``: what the office ever gave, ``burnt``: what it took back; spending lowers neither."""

    id = models.CharField("编号", primary_key=True, max_length=16, editable=False)
    name = models.CharField("姓名", max_length=20)
    household = models.ForeignKey(Household, models.PROTECT, null=True, blank=True, verbose_name="家庭")
    home = models.ForeignKey(
        Station, models.PROTECT, null=True, blank=True, verbose_name="所属站点", help_text="积分拨付到这个站点"
    )
    credits = models.BigIntegerField("累计发放积分", default=0, editable=False)
    burnt = models.BigIntegerField("累计收回积分", default=0, editable=False)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, editable=False, verbose_name="已并入", related_name="+"
    )
    pin = models.CharField("密码校验值", max_length=160, blank=True, default="", editable=False)
    erased_at = models.DateTimeField("个人信息已删除", null=True, blank=True, editable=False)

    class Meta:
        """Names."""

        verbose_name = verbose_name_plural = "居民"
        ordering: ClassVar = ["name", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(name="credits_not_negative", condition=Q(credits__gte=0)),
            models.CheckConstraint(name="burnt_not_negative", condition=Q(burnt__gte=0)),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def ceiling(self) -> int:
        """What the office ever gave less what it took back for good: no more may be out."""
        return self.credits - self.burnt


class Staff(models.Model):
    """Somebody who works at stations."""

    id = models.CharField("编号", primary_key=True, max_length=16, editable=False)
    name = models.CharField("姓名", max_length=20)
    role = models.CharField("职务", max_length=10)

    class Meta:
        """Names."""

        verbose_name = verbose_name_plural = "工作人员"
        ordering: ClassVar = ["name", "id"]

    def __str__(self) -> str:
        return f"{self.name}（{self.role}）"


class Card(models.Model):
    """A QR card or badge, by the digest of its number: the number itself is kept nowhere."""

    digest = models.CharField("摘要", max_length=80, primary_key=True, editable=False)
    resident = models.ForeignKey(Resident, models.PROTECT, null=True, blank=True, verbose_name="居民")
    staff = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, verbose_name="工作人员")
    blocked = models.BooleanField("已挂失", default=False)
    issued_at = models.DateTimeField("发卡时间", editable=False)
    # Its digest under a version of the pepper that is not in use yet, as a station that has it said; empty: none.
    newer = models.CharField("新摘要", max_length=80, blank=True, editable=False)

    class Meta:
        """A card belongs to exactly one person."""

        verbose_name = verbose_name_plural = "卡"
        ordering: ClassVar = ["-issued_at"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="card_of_one",
                condition=Q(resident__isnull=True, staff__isnull=False) | Q(resident__isnull=False, staff__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"卡 …{self.digest[-6:]}"
