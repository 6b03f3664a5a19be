"""Recorded fragments joined to one piece of sound. Files are WAV, 16 bit, all of one rate and number of channels."""

from __future__ import annotations

import io
import sys
import wave
from array import array
from pathlib import Path

from devices.spoken import Fragment, SpokenLine

FILE_BYTES_MAX = 4_000_000  # over twenty seconds of the finest sound; a prompt has three


class NotRecorded(Exception):
    """A fragment has no recording that can be used. The message says which file, and why."""


def file_of(folder: Path, fragment: Fragment) -> Path:
    """Where the recording of a fragment lies."""
    return folder / f"{fragment.id}.wav"


def joined(folder: Path, line: SpokenLine, volume: int) -> bytes:
    """The whole line as one WAV, at ``volume`` percent of how it was recorded. Raises ``NotRecorded``."""
    shape: tuple[int, int] | None = None
    samples = array("h")
    for fragment in line:
        path = file_of(folder, fragment)
        found, more = _samples(path)
        if shape not in (None, found):
            raise NotRecorded(f"{path}: {found[0]} channels at {found[1]} Hz, unlike the fragment before it")
        shape = found
        samples += more
    if shape is None:
        raise NotRecorded("nothing to say")
    if volume != 100:
        samples = array("h", [sample * volume // 100 for sample in samples])
    return _wav(shape, samples)


def _samples(path: Path) -> tuple[tuple[int, int], array[int]]:
    try:
        with path.open("rb") as file:
            data = file.read(FILE_BYTES_MAX + 1)
        if len(data) > FILE_BYTES_MAX:
            raise NotRecorded(f"{path}: larger than {FILE_BYTES_MAX} bytes")
        with wave.open(io.BytesIO(data)) as sound:
            if sound.getsampwidth() != 2:
                raise NotRecorded(f"{path}: {8 * sound.getsampwidth()} bit, not 16")
            frames = sound.readframes(sound.getnframes())
            shape = sound.getnchannels(), sound.getframerate()
    except (OSError, EOFError, wave.Error, RuntimeError, ValueError) as error:
        raise NotRecorded(f"{path}: {error}") from error
    return shape, _array(frames[: len(frames) - len(frames) % 2])


def _wav(shape: tuple[int, int], samples: array[int]) -> bytes:
    target = io.BytesIO()
    with wave.open(target, "wb") as sound:
        sound.setparams((shape[0], 2, shape[1], 0, "NONE", "not compressed"))
        sound.writeframes(_swapped(samples).tobytes())
    return target.getvalue()


def _array(frames: bytes) -> array[int]:
    samples = array("h")
    samples.frombytes(frames)
    return _swapped(samples)


def _swapped(samples: array[int]) -> array[int]:
    if sys.byteorder == "big":  # the file is little-endian everywhere
        samples.byteswap()
    return samples
