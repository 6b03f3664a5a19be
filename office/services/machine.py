"""The parts of the office that runs on this machine."""

from __future__ import annotations

from office.home import home
from office.services.bounds import BY_MAX, check_text
from office.services.parts import Parts
from office.system import Machine


def machine_parts(by: str) -> Parts:
    """Return the parts for somebody who acts. Raises ``OfficeError`` or ``KeyFileError``."""
    from office.books.models import Office

    check_text("by", by, BY_MAX)
    here = home()
    here.require()
    row = Office.objects.first()
    return Parts(Machine(), here.signer(), here.pepper(), by, 0 if row is None else row.boot)
