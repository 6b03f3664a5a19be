"""What is published: the catalogue as it is edited, the documents as they went out, and what stations did with them."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models

from office.books.models.stations import Station

ONE_LINE = RegexValidator(r"^[^\x00-\x1f\x7f-\x9f\u2028\u2029]*$", "只能是一行文字")


class Item(models.Model):
    """One item of the catalogue, as it will be in the next version. Bounds as in config.catalogue."""

    id = models.PositiveIntegerField(
        "编号", primary_key=True, validators=[MinValueValidator(1), MaxValueValidator(16_777_215)],
        help_text="定下来就不能改，也不能给别的东西再用",
    )  # fmt: skip
    kind = models.CharField("类别", max_length=8, choices=[("goods", "商品"), ("service", "服务"), ("repair", "维修")])
    name = models.CharField("名称", max_length=14, validators=[ONE_LINE])
    group = models.CharField(
        "小类", max_length=6, blank=True, default="", validators=[ONE_LINE],
        help_text="比如粮油、日用：一类东西多到一页放不下时，屏幕上可以按小类找",
    )  # fmt: skip
    description = models.CharField("说明", max_length=40, blank=True, validators=[ONE_LINE])
    points = models.PositiveIntegerField("积分", validators=[MinValueValidator(1), MaxValueValidator(99_999)])
    unit = models.CharField("单位", max_length=4, validators=[ONE_LINE])
    pieces_max = models.PositiveSmallIntegerField(
        "一次最多", default=1, validators=[MinValueValidator(1), MaxValueValidator(15)]
    )
    voucher_days = models.PositiveSmallIntegerField(
        "有效天数", default=30, validators=[MinValueValidator(1), MaxValueValidator(366)]
    )
    place = models.CharField(
        "兑付地点", max_length=14, null=True, blank=True, help_text="空着：哪个站点开的券就在哪里兑付",
        validators=[RegexValidator(r"^([0-9]{14}|P[1-9][0-9]{0,11})$", "14 位站点编号，或者 P 加合作单位编号")],
    )  # fmt: skip
    place_name = models.CharField("地点名称", max_length=20, blank=True, validators=[ONE_LINE])
    picture = models.CharField("图片", max_length=70, null=True, blank=True, editable=False)
    available = models.BooleanField("可兑换", default=True)
    stocked = models.BooleanField("站点计库存", default=False)
    position = models.PositiveIntegerField("次序", default=0)

    class Meta:
        """In the order in which the screen shows them."""

        verbose_name = verbose_name_plural = "目录物品"
        ordering: ClassVar = ["position", "id"]

    def __str__(self) -> str:
        return f"{self.id} {self.name}"


class Document(models.Model):
    """A document as it was published: bytes that never change, under a version that only grows."""

    name = models.CharField("文件", max_length=32)
    version = models.PositiveIntegerField("版本")
    body = models.BinaryField()
    sha256 = models.CharField("SHA-256", max_length=64, db_index=True)
    effective_from = models.DateTimeField("生效时间", null=True, blank=True)
    activated_at = models.DateTimeField("已通知生效", null=True, blank=True)
    staged = models.BooleanField("先发给一部分站点", default=False)
    by = models.CharField("发布人", max_length=150)
    at = models.DateTimeField("发布时间")

    class Meta:
        """A version is published once."""

        verbose_name = verbose_name_plural = "发布记录"
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["name", "version"], name="document_once")]

    def __str__(self) -> str:
        return f"{self.name} {self.version}"


class Blob(models.Model):
    """Bytes by their hash: pictures."""

    sha256 = models.CharField(primary_key=True, max_length=64)
    data = models.BinaryField()


class Holding(models.Model):
    """The newest version of a document that was announced to a station, and what became of it there."""

    station = models.ForeignKey(Station, models.PROTECT, verbose_name="站点")
    name = models.CharField("文件", max_length=32)
    version = models.PositiveIntegerField("版本")
    state = models.CharField(
        "状态", max_length=8, default="waiting",
        choices=[("waiting", "等待"), ("taken", "已启用"), ("refused", "拒收")],
    )  # fmt: skip
    reason = models.CharField("原因", max_length=300, blank=True)
    at = models.DateTimeField("时间")

    class Meta:
        """One row a station and document."""

        verbose_name = verbose_name_plural = "站点的文件"
        ordering: ClassVar = ["station", "name"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["station", "name"], name="holding_once")]

    def __str__(self) -> str:
        return f"{self.station_id} {self.name} {self.version}"
