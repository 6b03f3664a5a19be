"""The office's own authority, as it lies in the office's folder."""

from __future__ import annotations

from office.faults import NotInitialised
from office.home import home
from sync.certificates import Authority


def authority() -> Authority:
    """Return the authority. Raises ``OfficeError``."""
    here = home()
    try:
        return Authority(here.authority.read_bytes(), here.authority_key.read_bytes())
    except OSError as error:
        raise NotInitialised(
            f"{here.root}: the office's authority cannot be read ({error}); run: office init"
        ) from error
