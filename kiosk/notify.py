"""Telling systemd how it goes: one datagram to ``$NOTIFY_SOCKET`` (sd_notify(3)); silence where there is none."""

from __future__ import annotations

import contextlib
import socket


def notify(address: str | None, message: str) -> None:
    """Send ``READY=1``, ``WATCHDOG=1`` or ``STATUS=…``. A leading ``@`` names an abstract socket."""
    if not address:
        return
    target = "\0" + address[1:] if address.startswith("@") else address
    with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender:
        sender.sendto(message.encode(), target)
