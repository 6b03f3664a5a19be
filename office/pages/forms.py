"""The small forms behind the buttons."""

from __future__ import annotations

from typing import Any

from django import forms
from unfold.widgets import UnfoldAdminFileFieldWidget, UnfoldAdminIntegerFieldWidget, UnfoldAdminTextInputWidget

from office.books.models import Item, Station
from office.faults import NotPublished
from office.services.catalogue import keep_picture, was_published
from office.services.grants import POINTS_MAX


class GiveForm(forms.Form):
    """Points for a resident."""

    points = forms.IntegerField(
        label="积分", min_value=1, max_value=POINTS_MAX, widget=UnfoldAdminIntegerFieldWidget(attrs={"autofocus": True})
    )
    reason = forms.CharField(
        label="原因", max_length=100, widget=UnfoldAdminTextInputWidget(), help_text="会记在账上，例如：义务巡逻 3 次"
    )


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label="原因",
        max_length=100,
        widget=UnfoldAdminTextInputWidget(attrs={"autofocus": True}),
        help_text="会记在账上",
    )


class HomeForm(forms.Form):
    """Another home station."""

    home = forms.ModelChoiceField(label="新的所属站点", queryset=Station.objects.all())
    reason = forms.CharField(label="原因", max_length=100, initial="搬家", widget=UnfoldAdminTextInputWidget())


class StockForm(forms.Form):
    """Pieces that were brought to a station."""

    item = forms.IntegerField(label="物品编号", min_value=1, widget=UnfoldAdminIntegerFieldWidget())
    pieces = forms.IntegerField(label="件数", min_value=1, max_value=99_999, widget=UnfoldAdminIntegerFieldWidget())
    reason = forms.CharField(label="原因", max_length=100, initial="送货", widget=UnfoldAdminTextInputWidget())

    def clean_item(self) -> int:
        """An item of the catalogue whose pieces are counted."""
        item: int = self.cleaned_data["item"]
        if not Item.objects.filter(pk=item, stocked=True).exists():
            raise forms.ValidationError("目录里没有这个编号，或者这件东西不计库存")
        return item


class ItemForm(forms.ModelForm):  # type: ignore[type-arg]
    """An item, with a new picture if one is chosen."""

    upload = forms.FileField(
        label="换图片", required=False, widget=UnfoldAdminFileFieldWidget(), help_text="PNG 或 JPEG，正方形，最大 4 MB"
    )

    class Meta:
        """All that people edit."""

        model = Item
        fields = (
            "id", "kind", "name", "group", "description", "points", "unit", "pieces_max", "voucher_days", "place",
            "place_name", "available", "stocked", "position",
        )  # fmt: skip

    def clean_upload(self) -> Any:
        """A picture that stations can show."""
        upload = self.cleaned_data["upload"]
        if upload:
            try:
                self.instance.picture = keep_picture(upload.name, upload.read())
            except NotPublished as fault:
                raise forms.ValidationError("不是 PNG 或 JPEG 图片，或者太大") from fault
        return upload

    def clean_id(self) -> int:
        """A number that was published once stands on vouchers, and never means something else."""
        number: int = self.cleaned_data["id"]
        if self.instance._state.adding and was_published(number):  # noqa: SLF001 - Django's way in
            raise forms.ValidationError("这个编号以前发布过，不能再给别的东西用")
        return number

    def clean_place(self) -> str | None:
        """Nothing is nothing, not an empty place."""
        return self.cleaned_data["place"] or None

    def clean_group(self) -> str:
        """A group as stations take it."""
        group: str = self.cleaned_data["group"].strip()
        if not group.isprintable():
            raise forms.ValidationError("只能是一行文字")
        return group

    def clean(self) -> dict[str, Any]:
        """What one voucher can hold."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        points, pieces = values.get("points"), values.get("pieces_max")
        if points and pieces and points * pieces >= 2**24:
            raise forms.ValidationError("积分乘以件数太大，一张兑换券装不下")
        return values
