from __future__ import annotations

import pytest

from kiosk.palette import BODY_PAIRS, BUTTON_PAIRS, EDGE_PAIRS, contrast
from kiosk.theme import CAPITAL_EM, Panel, Size, Theme, smaller


@pytest.mark.parametrize(
    ("panel", "target", "gap", "body"),
    [
        (Panel(10.1, 1280, 800), 95, 18, 49),
        (Panel(13.3, 1920, 1080), 105, 20, 55),
        (Panel(15.6, 1920, 1080), 89, 17, 47),
    ],
)
def test_millimetres_of_known_panels(panel: Panel, target: int, gap: int, body: int) -> None:
    theme = Theme(panel)
    assert (theme.target, theme.gap, theme.font(Size.BODY)) == (target, gap, body)


@pytest.mark.parametrize("size", list(Size))
def test_capitals_are_as_high_as_promised(size: Size) -> None:
    for panel in (Panel(10.1, 1280, 800), Panel(13.3, 1920, 1080)):
        assert Theme(panel).font(size) * CAPITAL_EM / panel.px_per_mm >= size.value - 1e-6


def test_body_meets_en_301_549_at_50_cm() -> None:
    assert Size.BODY.value >= 6.1
    assert Size.NOTE.value >= 4.0


def test_a_panel_too_small_to_read_is_refused() -> None:
    with pytest.raises(ValueError, match="too small"):
        Panel(7.0, 1280, 720)
    with pytest.raises(ValueError, match="positive"):
        Panel(0, 1280, 800)


def test_the_scale_is_closed_and_residents_never_get_notes() -> None:
    steps = [Size.NUMBER]
    while (size := smaller(steps[-1])) is not None:
        steps.append(size)
    assert steps == [Size.NUMBER, Size.TITLE, Size.LEAD, Size.BODY]
    assert smaller(Size.NOTE) is None
    assert smaller(Size.BODY, Size.NOTE) is Size.NOTE


def test_line_height() -> None:
    theme = Theme(Panel(10.1, 1280, 800))
    assert theme.lines(Size.BODY, 0) == 0
    assert theme.lines(Size.BODY, 3) == theme.first_line(Size.BODY) + 2 * theme.next_line(Size.BODY)
    assert 1.3 <= theme.next_line(Size.BODY) / theme.font(Size.BODY) <= 1.5


def test_contrast_of_known_colours() -> None:
    assert contrast("#FFFFFF", "#A50000") == pytest.approx(8.1, abs=0.05)
    assert contrast("#1A1A1A", "#FFFFFF") == pytest.approx(17.4, abs=0.05)
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21.0)


@pytest.mark.parametrize(("words", "ground"), BODY_PAIRS)
def test_body_contrast(words: str, ground: str) -> None:
    assert contrast(words, ground) >= 7.0


@pytest.mark.parametrize(("words", "ground"), BUTTON_PAIRS)
def test_button_contrast(words: str, ground: str) -> None:
    assert contrast(words, ground) >= 4.5


@pytest.mark.parametrize(("edge", "ground"), EDGE_PAIRS)
def test_edge_contrast(edge: str, ground: str) -> None:
    assert contrast(edge, ground) >= 3.0
