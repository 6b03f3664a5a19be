"""``devices/`` is installed by itself, and its examples run with what it says it needs and nothing else."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import Distribution, distribution, distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from setuptools import find_namespace_packages  # type: ignore[import-untyped]

ROOT = Path(__file__).parents[2]
STRANGERS = (
    "kivy",
    "paho",
    "domain",
    "config",
    "sync",
    "kiosk",
    "office",
    "pydantic",
    "msgspec",
    "cryptography",
    "django",
)
RUN = """
import importlib.util, runpy, sys
*folders, module = sys.argv[1:]
sys.path[:0] = folders
strangers = {strangers!r}
assert not [name for name in strangers if importlib.util.find_spec(name)]
sys.argv = [module, "--simulated"]
try:
    runpy.run_module("devices.examples." + module, run_name="__main__", alter_sys=True)
finally:
    assert not set(strangers) & set(sys.modules)
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that ``pip install`` filled, from a copy: nothing is left in the tree."""
    folder = tmp_path_factory.mktemp("alone")
    shutil.copytree(ROOT / "devices", folder / "source", ignore=shutil.ignore_patterns("__pycache__", "build"))
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps", "--no-build-isolation"]
    subprocess.run(
        [*pip, "--disable-pip-version-check", "--target", folder / "target", folder / "source"], check=True, cwd=folder
    )
    return folder / "target"


def needed(own: Distribution, extra: str) -> Iterator[Distribution]:
    """What a distribution with an extra needs, and what that needs in turn, as installed beside the tests."""
    waiting, seen = [(own, extra)], set()
    while waiting:
        one, wanted = waiting.pop()
        for requirement in map(Requirement, one.requires or ()):
            name = requirement.name.lower()
            if name not in seen and (not requirement.marker or requirement.marker.evaluate({"extra": wanted})):
                seen.add(name)
                waiting.append((distribution(name), ""))
                yield distribution(name)


def laid_out(folder: Path, needs: Iterator[Distribution]) -> Path:
    """A folder with links to those alone."""
    folder.mkdir()
    for one in needs:
        for top in {file.parts[0] for file in one.files or () if file.parts[0] not in ("..", "__pycache__")}:
            (folder / top).symlink_to(Path(str(one.locate_file(top))))
    return folder


@pytest.mark.parametrize(
    ("example", "extra", "says"),
    [
        ("read_card", "", "resident card, born 1949, digest "),
        ("scan_code", "", "Scanned: HELLO:42"),
        ("print_paper", "printer", "HELLO:42"),
    ],
)
def test_an_example_runs_alone(installed: Path, tmp_path: Path, example: str, extra: str, says: str) -> None:
    (own,) = distributions(name="yizhan-devices", path=[str(installed)])
    needs = laid_out(tmp_path / "needs", needed(own, extra))
    script = RUN.replace("{strangers!r}", repr(STRANGERS))
    command = [sys.executable, "-I", "-S", "-X", "utf8", "-c", script, str(installed), str(needs), example]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    assert says in done.stdout


def test_what_is_installed_is_every_package_of_the_tree(installed: Path) -> None:
    tree = {
        ".".join(path.parent.relative_to(ROOT).parts)
        for path in (ROOT / "devices").rglob("__init__.py")
        if "build" not in path.parts
    }
    declared = tomllib.loads((ROOT / "devices" / "pyproject.toml").read_text())["tool"]["setuptools"]["packages"]
    assert declared == sorted(tree)
    for package in tree:
        assert (installed / package.replace(".", "/") / "__init__.py").is_file()
    assert (installed / "devices" / "py.typed").is_file()


def test_the_whole_is_not_disturbed(tmp_path: Path) -> None:
    whole = tomllib.loads((ROOT / "pyproject.toml").read_text())
    alone = tomllib.loads((ROOT / "devices" / "pyproject.toml").read_text())
    for key in ("version", "requires-python", "license"):
        assert alone["project"][key] == whole["project"][key]
    kiosk = whole["project"]["optional-dependencies"]["kiosk"]
    for needs in (alone["project"]["dependencies"], *alone["project"]["optional-dependencies"].values()):
        assert set(needs) <= set(kiosk), "the same versions in both"
    (tmp_path / "devices" / "build" / "lib" / "devices").mkdir(parents=True)
    find = whole["tool"]["setuptools"]["packages"]["find"]
    assert find_namespace_packages(str(tmp_path), exclude=find["exclude"], include=find["include"]) == ["devices"]
