"""The parts of the office that runs on this machine."""

from __future__ import annotations

from config.office import OfficeSettings
from config.reading import read
from office.grants_log import grants_log_at
from office.home import home
from office.services.bounds import BY_MAX, check_text
from office.services.parts import Parts
from office.system import Machine


def machine_parts(by: str) -> Parts:
    """Return the parts for somebody who acts. Raises ``OfficeError`` or ``KeyFileError``.

    The first time in a process the books are held against the list of grants, if there is one.
    """
    from office.books.models import Office
    from office.services.granted import unless_unwritten
    from office.services.recovering import compare

    check_text("by", by, BY_MAX)
    here = home()
    here.require()
    row = Office.objects.first()
    log = grants_log_at(read(here.settings, OfficeSettings).office.grants_log)
    parts = Parts(Machine(), here.signer(), here.pepper(), by, 0 if row is None else row.boot, log)
    with unless_unwritten(parts):
        compare(parts)
    return parts
