"""The QR symbol that a printer makes of a payload: model 2, smallest version, alphanumeric mode where possible."""

from __future__ import annotations

import re
from functools import lru_cache

_ALPHANUMERIC = re.compile(r"[0-9A-Z $%*+\-./:]+")
_LEVELS = {48: 1, 49: 0, 50: 3, 51: 2}  # GS ( k's L M Q H → ISO/IEC 18004's own numbers, as ``qrcode`` wants them


@lru_cache(maxsize=32)
def modules_of(payload: str, level: int, alphanumeric: bool = True) -> tuple[tuple[bool, ...], ...]:
    """The modules row by row, ``True`` = black, without quiet zone. ``level`` is the byte of ``GS ( k`` 69 (48-51).

    ``alphanumeric``: whether this firmware knows that mode, which makes codes of capitals and digits smaller.
    Raises ``ValueError`` when the payload is too long for any version.
    """
    import qrcode
    from qrcode.exceptions import DataOverflowError
    from qrcode.util import MODE_8BIT_BYTE, MODE_ALPHA_NUM, QRData

    mode = MODE_ALPHA_NUM if alphanumeric and _ALPHANUMERIC.fullmatch(payload) else MODE_8BIT_BYTE
    symbol = qrcode.QRCode(version=None, error_correction=_LEVELS[level], border=0)
    symbol.add_data(QRData(payload.encode(), mode=mode))
    try:
        symbol.make(fit=True)
    except DataOverflowError as fault:
        raise ValueError("too long for a QR code") from fault
    return tuple(tuple(bool(module) for module in row) for row in symbol.get_matrix())
