"""One kiosk, thousands of visits: what it holds stays what it is, and every voucher is written once.

The first visits are left out: pictures, typefaces and the journal's pages are read then, once.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.soak.visiting import Played, play, slope


def flat(played: Played, after: int, mb_per_1000: float) -> None:
    late = [sample for sample in played.samples if sample.visits >= after]
    print(f"{played.visits_an_hour:.0f} visits an hour")
    for what in ("busy_mb", "rss_mb", "files", "threads", "objects"):
        print(f"{what}: {getattr(late[0], what)} … {getattr(late[-1], what)}, {played.slope(what, after):+.3f}/1000")
    assert played.vouchers_seen == played.vouchers_written > 0
    assert {sample.threads for sample in late} == {late[0].threads}
    assert max(sample.files for sample in late) - min(sample.files for sample in late) <= 1
    assert played.slope("rss_mb", after) <= mb_per_1000
    assert played.slope("objects", after) <= 500  # one that stays of every visit is 1,000; the noise of a count is 300


@pytest.mark.proof
def test_three_hundred_visits(tmp_path: Path) -> None:
    flat(play(tmp_path, 300, every=20), after=100, mb_per_1000=6.0)


@pytest.mark.soak
def test_ten_thousand_visits(tmp_path: Path) -> None:
    flat(play(tmp_path, 10_000, every=250, small=True), after=2_000, mb_per_1000=0.5)


def test_a_slope_is_told_from_noise() -> None:
    assert slope([0, 1, 2, 3], [5, 7, 9, 11]) == 2
    assert slope([0, 1, 2, 3], [5, 5, 5, 5]) == 0
