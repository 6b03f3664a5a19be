"""A browser as the office's pages see it: cookies, the token against forged forms, redirects. Real HTTP."""

from __future__ import annotations

import re
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar

_FIELD = re.compile(r"<input\b[^>]*>", re.DOTALL)
_ATTRIBUTE = re.compile(r'\b(name|value|type)="([^"]*)"')


class Browser:
    """``address`` ends with a slash. Raises ``HTTPError`` for an answer of 400 and more."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._open = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar())).open

    def get(self, path: str) -> str:
        """Return a page."""
        with self._open(self._address + path, timeout=30) as answer:
            return str(answer.read().decode())

    def send(self, path: str, changes: dict[str, str]) -> str:
        """Get a page, fill in ``changes``, send its form; return the answer."""
        fields = _fields(self.get(path)) | changes
        address = self._address + path
        request = urllib.request.Request(address, urllib.parse.urlencode(fields).encode(), {"Referer": address})
        with self._open(request, timeout=30) as answer:
            return str(answer.read().decode())


def _fields(page: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for tag in _FIELD.findall(page):
        attributes = dict(_ATTRIBUTE.findall(tag))
        box = attributes.get("type") in ("checkbox", "radio")
        if "name" in attributes and (not box or "checked" in tag):
            found.setdefault(attributes["name"], attributes.get("value", "on" if box else ""))
    return found
