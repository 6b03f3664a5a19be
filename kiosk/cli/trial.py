"""``kiosk check --try``: have a person do something with each device, and say what came of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

import typer
from rich.console import Console

from devices.paper import Align, Cut, Paper, Qr, Rule, Text
from devices.ports import Health, IdCardProblem, IdCardRead, PrintState
from devices.spoken import Fragment
from kiosk.cli.finding import Finding
from kiosk.presenter.numbers import spoken_points
from kiosk.presenter.sentences import device_sentence
from kiosk.start import Start
from kiosk.supervised import Source

TRY_SECONDS = 20
STEP_SECONDS = 1.0
SPEECH_STEP_SECONDS = 0.2
TRIED_NUMBER = 1205

T = TypeVar("T")
_ASIDE = Console(stderr=True, highlight=False)  # the answer goes to the standard output, also as JSON


def try_devices(start: Start, ready: Callable[[str], bool], seconds: int = TRY_SECONDS) -> Iterator[Finding]:
    """Try each device that is ``ready``."""
    texts = start.scene().texts
    if ready("scanner"):
        scanner = start.scanner()
        try:
            yield try_source("scanner", scanner, f"{texts('try.scanner')} / scan something now", _told, seconds)
        finally:
            scanner.close()
    if ready("idcard") and start.settings.devices.idcard is not None:
        reader = start.card_reader(lambda _number: "")
        try:
            prompt = f"{texts('try.idcard')} / lay an ID card on the reader now"
            yield try_source("idcard", reader, prompt, lambda laid: _laid(laid, start), seconds)
        finally:
            reader.close()
    if ready("printer") and _asked(f"{texts('try.printer')} / print a small test paper?"):
        yield _try_printer(start)
    if ready("speech") and start.settings.devices.speech is not None:
        yield _try_speech(start, seconds)


def try_source(thing: str, source: Source[T], prompt: str, told: Callable[[T], str], seconds: int) -> Finding:
    """Wait until a device that is read gives something, with a countdown. For a scanner, and for a card reader too."""
    with _ASIDE.status("") as line:
        for left in range(seconds, 0, -1):
            line.update(f"{prompt} ({left} s)")
            if not _ASIDE.is_terminal and left == seconds:
                _ASIDE.print(prompt)
            read = source.read(STEP_SECONDS)
            if read is not None:
                return Finding(f"try {thing}", "ok", told(read))
    return Finding(f"try {thing}", "not_ok", f"nothing came within {seconds} s")


def _told(code: str) -> str:
    """A code may be a card, which is a key: only its length is said."""
    return f"a code of {len(code)} characters was read"


def _laid(laid: IdCardRead | IdCardProblem, start: Start) -> str:
    """Of a card nothing is said, not even its kind."""
    return "a card was read" if isinstance(laid, IdCardRead) else device_sentence(laid.code, start.scene())


def _asked(question: str) -> bool:
    try:
        return typer.confirm(question, err=True)
    except typer.Abort:
        return False


def _try_printer(start: Start) -> Finding:
    printer = start.printer()
    try:
        outcome = printer.print(_paper(start))
    finally:
        printer.close()
    states = {PrintState.PRINTED: "ok", PrintState.FAILED: "not_ok", PrintState.UNCERTAIN: "not_ok"}
    detail = f"{outcome.state.value}, {outcome.bytes_sent} bytes"
    if outcome.code:
        detail += f": {device_sentence(outcome.code, start.scene())}"
    return Finding("try printer", states.get(outcome.state, "unknown"), detail, outcome.code)


def _paper(start: Start) -> Paper:
    texts, station = start.scene().texts, start.settings.station.station
    return (
        Text(station.name, Align.CENTRE, 2, bold=True),
        Text(texts("paper.test"), Align.CENTRE),
        Rule(),
        Qr(f"YZ-TEST:{station.id}"),
        Cut(),
    )


def _try_speech(start: Start, seconds: int) -> Finding:
    texts, speech = start.scene().texts, start.speech()
    try:
        speech.say((Fragment("speech.test", texts("speech.test")), *spoken_points(TRIED_NUMBER, texts)))
        for _ in range(int(seconds / SPEECH_STEP_SECONDS)):
            state = speech.state()
            if state.health is Health.OK or state.warning:
                break
            start.clock.sleep(SPEECH_STEP_SECONDS)
    finally:
        speech.close()
    if state.health is not Health.OK:
        return Finding("try speech", "unknown", device_sentence(state.warning, start.scene()), state.warning)
    heard = _asked(f"{texts('try.speech')} / did you hear “{TRIED_NUMBER}”?")
    detail = "heard" if heard else "it was played, and nobody says that it was heard: check loudspeaker and volume"
    return Finding("try speech", "ok" if heard else "unknown", detail, state.warning)
