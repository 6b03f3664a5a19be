"""What a process did to files, as strace(1) saw it: one operation a line, in order."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

CALLS = (
    "openat,write,pwrite64,lseek,fsync,fdatasync,ftruncate,rename,renameat,renameat2,unlink,unlinkat,link,linkat,close"
)
_LINE = re.compile(r"(\w+)\((.*)\)\s+= (-?\d+)")
_STRING = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
_OPENED = re.compile(r"AT_FDCWD[^,]*, \"[^\"]*\", ([A-Z_|]+)")


@dataclass(frozen=True)
class Op:
    """``make`` (with ``size`` 0: and empty it), ``write``, ``cut``, ``sync``, ``move``, ``name``, ``drop``."""

    kind: Literal["make", "write", "cut", "sync", "move", "name", "drop"]
    path: str
    data: bytes = b""
    at: int = 0
    to: str = ""


def traced(module: str, *arguments: str, log: Path) -> list[Op]:
    """Run one of our modules under strace; return what it did to files. Raises ``CalledProcessError``."""
    command = ["strace", "-o", str(log), "-e", f"trace={CALLS}", "-xx", "-s", "1048576"]
    root = Path(__file__).parents[2]
    subprocess.run([*command, sys.executable, "-m", module, *arguments], check=True, cwd=root, capture_output=True)
    return list(_ops(log.read_text().splitlines()))


def _ops(lines: list[str]) -> Iterator[Op]:
    paths: dict[int, str] = {}
    places: dict[int, int] = {}
    sizes: dict[str, int] = {}  # for files that are opened to append
    for line in lines:
        found = _LINE.match(line)
        if found is None or int(found[3]) < 0:
            continue
        call, said, result = found[1], found[2], int(found[3])
        strings = [bytes.fromhex(text.replace("\\x", "")) for text in _STRING.findall(said)]
        number = int(said.split(",")[0]) if said.split(",")[0].isdigit() else -1
        if call == "openat":
            how, path = _OPENED.match(said), strings[0].decode()
            flags = how[1].split("|") if how is not None else []
            paths[result] = path
            if "O_CREAT" in flags or "O_TRUNC" in flags:
                yield Op("make", path, at=int("O_TRUNC" in flags))
            places[result] = sizes.get(path, 0) if "O_APPEND" in flags else 0
        elif call == "close":
            paths.pop(number, None)
        elif call.startswith(("rename", "link", "unlink")):
            if call.startswith("unlink"):
                yield Op("drop", strings[0].decode())
            else:
                yield Op("move" if call.startswith("rename") else "name", strings[0].decode(), to=strings[1].decode())
        elif (path := paths.get(number, "")) == "":
            continue
        elif call == "write":
            yield Op("write", path, strings[0][:result], places[number])
            places[number] += result
            sizes[path] = max(sizes.get(path, 0), places[number])
        elif call == "pwrite64":
            yield Op("write", path, strings[0][:result], int(said.rsplit(",", 1)[1]))
        elif call == "lseek":
            places[number] = result
        elif call == "ftruncate":
            yield Op("cut", path, at=int(said.rsplit(",", 1)[1]))
        else:
            yield Op("sync", path)
