"""Who may speak as a station: bundles that were handed out, certificates, and what came that should not have."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from office.books.models.stations import Station


class Invitation(models.Model):
    """A bundle for one life of a station. ``secret`` is erased when the bundle can be used no more."""

    station = models.ForeignKey(Station, models.PROTECT, verbose_name="站点")
    epoch = models.PositiveIntegerField("期")
    secret = models.BinaryField(max_length=32)
    made_at = models.DateTimeField("制作时间")
    expires_at = models.DateTimeField("有效期至")
    by = models.CharField("经办人", max_length=150)
    wrong = models.PositiveIntegerField("密钥错误次数", default=0)
    used_at = models.DateTimeField("使用时间", null=True, blank=True)
    withdrawn = models.CharField("作废原因", max_length=40, blank=True)

    class Meta:
        """Names."""

        verbose_name = verbose_name_plural = "登记包"
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return f"{self.station_id} {self.epoch}"


class Certificate(models.Model):
    """A certificate of one life of a station. ``serial`` is hexadecimal."""

    station = models.ForeignKey(Station, models.PROTECT, verbose_name="站点")
    epoch = models.PositiveIntegerField("期")
    serial = models.CharField("序列号", max_length=40, unique=True)
    public = models.BinaryField(max_length=200)
    pem = models.TextField("证书")
    issued_at = models.DateTimeField("签发时间")
    expires_at = models.DateTimeField("有效期至")
    revoked_at = models.DateTimeField("吊销时间", null=True, blank=True)
    pepper = models.PositiveIntegerField("密钥盐版本", default=1)  # the newest one that was handed out with it

    class Meta:
        """Names."""

        verbose_name = verbose_name_plural = "证书"
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return f"{self.station_id} {self.epoch} {self.serial}"


class Irregularity(models.Model):
    """How often something came that should not have, by station and code; an empty station: nobody known.

    One row a station and code, and codes are few: this table cannot be filled from outside.
    """

    station = models.CharField("站点", max_length=14, blank=True)
    code = models.CharField("代码", max_length=40)
    count = models.PositiveBigIntegerField("次数", default=0)
    first_at = models.DateTimeField("第一次")
    last_at = models.DateTimeField("最近一次")
    detail = models.CharField("最近的说明", max_length=200, blank=True)

    class Meta:
        """One row a kind."""

        verbose_name = verbose_name_plural = "异常"
        ordering: ClassVar = ["station", "code"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["station", "code"], name="irregularity_once")]

    def __str__(self) -> str:
        return f"{self.station or '—'} {self.code} ×{self.count}"
