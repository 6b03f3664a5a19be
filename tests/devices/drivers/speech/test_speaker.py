"""The real driver against programs that note what they were given; and against the real ones, without a sound card."""

from __future__ import annotations

import io
import shutil
import time
import wave
from array import array
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from devices.drivers.speech.speaker import LINE_SECONDS_MAX, Speaker
from devices.drivers.speech.voice import make
from devices.ports import DeviceState, Health, Speech
from devices.simulated.speech import SimulatedSpeech
from devices.spoken import Fragment, SpokenLine
from tests.devices.helpers import JumpingClock

HOME: SpokenLine = (Fragment("speech.home", "您好，请选一类。"),)
NUMBER: SpokenLine = (Fragment("number.2", "二"), Fragment("number.ten", "十"), Fragment("number.points", "分"))


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SimulatedSpeech:
    (tmp_path / "programs").mkdir()
    made = SimulatedSpeech(tmp_path / "programs")
    monkeypatch.setenv("PATH", made.path)
    return made


@pytest.fixture
def clock() -> JumpingClock:
    return JumpingClock()


@pytest.fixture
def recordings(tmp_path: Path) -> Path:
    folder = tmp_path / "recordings"
    folder.mkdir()
    return folder


@pytest.fixture
def speaker(bench: SimulatedSpeech, clock: JumpingClock, recordings: Path) -> Iterator[Speaker]:
    made = Speaker(folder=recordings, voice="cmn", volume=50, output="default", clock=clock)
    port: Speech = made
    yield made
    port.close()


@pytest.fixture
def unrecorded(bench: SimulatedSpeech, clock: JumpingClock) -> Iterator[Speaker]:
    made = Speaker(folder=None, voice="cmn", volume=80, output="plughw:CARD=Device", clock=clock)
    yield made
    made.close()


def record(folder: Path, name: str, samples: list[int], rate: int = 22050, bits: int = 16) -> None:
    with wave.open(str(folder / f"{name}.wav"), "wb") as file:
        file.setparams((1, bits // 8, rate, 0, "NONE", "not compressed"))
        file.writeframes(array("h", samples).tobytes() if bits == 16 else bytes(samples))


def until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.002)


def spoken(speaker: Speaker, line: SpokenLine) -> DeviceState:
    speaker.say(line)
    until(lambda: not speaker.speaking)
    return speaker.state()


def test_without_recordings_a_voice_says_the_whole_line(unrecorded: Speaker, bench: SimulatedSpeech) -> None:
    assert unrecorded.state() == DeviceState(Health.UNKNOWN)
    assert spoken(unrecorded, HOME) == DeviceState(Health.OK)
    (voice,), (player,) = bench.heard("espeak-ng"), bench.heard("aplay")
    assert voice.text == player.text == "您好，请选一类。"
    assert voice.arguments == ("-v", "cmn", "-b", "1", "-s", "150", "-a", "80", "--stdin", "--stdout")
    assert player.arguments == ("-q", "-D", "plughw:CARD=Device", "-")


def test_recordings_are_joined_and_made_softer(speaker: Speaker, bench: SimulatedSpeech, recordings: Path) -> None:
    for name, samples in (("number.2", [100, -100]), ("number.ten", [30000]), ("number.points", [-32768])):
        record(recordings, name, samples)
    assert spoken(speaker, NUMBER) == DeviceState(Health.OK)
    (player,) = bench.heard()
    with wave.open(io.BytesIO(player.sound)) as sound:
        assert (sound.getnchannels(), sound.getframerate(), sound.getsampwidth()) == (1, 22050, 2)
        assert array("h", sound.readframes(9)).tolist() == [50, -50, 15000, -16384]
    assert bench.heard("espeak-ng") == []


@pytest.mark.parametrize("trouble", ["absent", "empty", "rubbish", "cut", "other rate", "eight bits", "folder"])
def test_a_line_that_is_not_recorded_whole_is_spoken_by_the_voice_and_warned_of(
    speaker: Speaker, bench: SimulatedSpeech, recordings: Path, trouble: str
) -> None:
    for name in ("number.2", "number.ten", "number.points"):
        record(recordings, name, [1, 2, 3])
    last = recordings / "number.points.wav"
    match trouble:
        case "absent":
            last.unlink()
        case "empty":
            last.write_bytes(b"")
        case "rubbish":
            last.write_bytes(bytes(range(256)) * 9)
        case "cut":
            last.write_bytes(last.read_bytes()[:20])
        case "other rate":
            record(recordings, "number.points", [1, 2, 3], rate=44100)
        case "eight bits":
            record(recordings, "number.points", [1, 2, 3], bits=8)
        case "folder":
            last.unlink()
            last.mkdir()
    assert spoken(speaker, NUMBER) == DeviceState(Health.OK, warning="speech.not_recorded")
    assert [heard.text for heard in bench.heard()] == ["二十分"]


@pytest.mark.parametrize(
    ("program", "how", "code"),
    [
        ("aplay", "remove", "speech.no_sound"),
        ("aplay", "fail", "speech.no_sound"),
        ("espeak-ng", "remove", "speech.no_voice"),
        ("espeak-ng", "fail", "speech.no_voice"),
    ],
)
def test_what_is_missing_is_a_warning_said_once_and_its_return_too(
    unrecorded: Speaker,
    bench: SimulatedSpeech,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    program: str,
    how: str,
    code: str,
) -> None:
    caplog.set_level("INFO")
    spoken(unrecorded, HOME)
    if how == "remove":
        other = {"aplay", "espeak-ng"} - {program}
        tools = bench.folder / "tools"
        tools.mkdir()
        for name in (*other, "cat", "mv", "sh", "sleep"):
            (tools / name).symlink_to(bench.folder / name if name in other else shutil.which(name) or name)
        monkeypatch.setenv("PATH", str(tools))
    else:
        bench.fail(program)
    for _ in range(3):
        assert spoken(unrecorded, HOME) == DeviceState(Health.UNKNOWN, warning=code)
    monkeypatch.setenv("PATH", bench.path)
    bench.repair(program)
    assert spoken(unrecorded, HOME) == DeviceState(Health.OK)
    said = [record.getMessage().split(":")[0] for record in caplog.records]
    assert said == [code, "speech is back"]


@pytest.mark.parametrize("program", ["aplay", "espeak-ng"])
def test_a_line_that_hangs_is_ended_after_its_time(
    unrecorded: Speaker, bench: SimulatedSpeech, clock: JumpingClock, program: str
) -> None:
    bench.hang(program)
    unrecorded.say(HOME)
    until(lambda: bench.count(program, "hung") == 1)
    assert unrecorded.speaking
    clock.jump(LINE_SECONDS_MAX)
    assert unrecorded.state() == DeviceState(Health.UNKNOWN, warning="speech.no_sound")
    until(lambda: not unrecorded._dying or all(child.poll() is not None for child in unrecorded._dying))
    assert not unrecorded.speaking


def test_a_newer_line_cuts_off_the_older_one(unrecorded: Speaker, bench: SimulatedSpeech) -> None:
    bench.hang("aplay")
    unrecorded.say(NUMBER)
    until(lambda: bench.count("aplay", "hung") == 1)
    older = list(unrecorded._children.values())
    bench.repair("aplay")
    assert spoken(unrecorded, HOME) == DeviceState(Health.OK)
    until(lambda: all(child.poll() is not None for child in older))
    assert [heard.text for heard in bench.heard()] == ["您好，请选一类。"]


def test_stop_is_silence_and_so_is_an_empty_line(unrecorded: Speaker, bench: SimulatedSpeech) -> None:
    bench.hang("aplay")
    unrecorded.say(HOME)
    children = list(unrecorded._children.values())
    unrecorded.stop()
    until(lambda: all(child.poll() is not None for child in children))
    unrecorded.say(())
    assert not unrecorded.speaking
    assert unrecorded.state() == DeviceState(Health.UNKNOWN)


def test_the_text_stands_in_no_list_of_processes(unrecorded: Speaker, bench: SimulatedSpeech) -> None:
    spoken(unrecorded, HOME)
    assert not any("您好" in argument for argument in bench.heard("espeak-ng")[0].arguments)


def test_a_hundred_lines_leave_no_child_and_no_descriptor_behind(unrecorded: Speaker, bench: SimulatedSpeech) -> None:
    spoken(unrecorded, HOME)
    before = len(list(Path("/proc/self/fd").iterdir()))
    for _ in range(100):
        unrecorded.say(HOME)
    until(lambda: not unrecorded.speaking)
    unrecorded.stop()
    until(lambda: all(child.poll() is not None for child in unrecorded._dying))
    assert len(list(Path("/proc/self/fd").iterdir())) == before


def test_a_recording_is_made_whole_or_not_at_all(bench: SimulatedSpeech, tmp_path: Path) -> None:
    target = tmp_path / "speech.home.wav"
    make("您好", target, "cmn")
    assert target.read_bytes() == "RIFF-voice:您好".encode()
    bench.fail("espeak-ng")
    with pytest.raises(OSError, match="ended with 1"):
        make("再见", target, "cmn")
    assert target.read_bytes() == "RIFF-voice:您好".encode()
    assert [path.name for path in tmp_path.glob("*.part")] == []


def test_the_real_programs_speak_mandarin_into_nowhere(clock: JumpingClock, recordings: Path) -> None:
    """ALSA's ``null`` needs no card; without a card ``default`` fails, which is a warning and no fault."""
    speaker = Speaker(folder=None, voice="cmn", volume=80, output="null", clock=clock)
    assert spoken(speaker, HOME) == DeviceState(Health.OK)
    speaker = Speaker(folder=None, voice="cmn", volume=80, output="no_such_card", clock=clock)
    assert spoken(speaker, HOME) == DeviceState(Health.UNKNOWN, warning="speech.no_sound")
    make("二十分", recordings / "number.wav", "cmn")
    speaker = Speaker(folder=recordings, voice="cmn", volume=80, output="null", clock=clock)
    assert spoken(speaker, (Fragment("number", "二十分"),)) == DeviceState(Health.OK)
