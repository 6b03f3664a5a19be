"""Who may speak as a station, and what came that should not have: to read only."""

from __future__ import annotations

from django.contrib import admin

from office.books.models import Certificate, Invitation, Irregularity
from office.pages.base import ReadOnlyPage


@admin.register(Certificate)
class CertificatePage(ReadOnlyPage):
    """Certificates of stations."""

    list_display = ("station", "epoch", "serial", "issued_at", "expires_at", "revoked_at", "pepper")
    list_filter = ("station", ("revoked_at", admin.EmptyFieldListFilter))
    fields = ("station", "epoch", "serial", "issued_at", "expires_at", "revoked_at", "pepper")


@admin.register(Invitation)
class InvitationPage(ReadOnlyPage):
    """Bundles that were handed out; the secret is shown nowhere."""

    list_display = ("station", "epoch", "made_at", "by", "expires_at", "used_at", "wrong", "withdrawn")
    list_filter = ("station",)
    fields = ("station", "epoch", "made_at", "by", "expires_at", "used_at", "wrong", "withdrawn")


@admin.register(Irregularity)
class IrregularityPage(ReadOnlyPage):
    """What came that should not have."""

    list_display = ("station", "code", "count", "first_at", "last_at", "detail")
    list_filter = ("code",)
    fields = ("station", "code", "count", "first_at", "last_at", "detail")
