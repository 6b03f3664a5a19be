from __future__ import annotations

import re
from pathlib import Path

import pytest

from kiosk.look import Look
from kiosk.palette import CONTRAST, LIGHT, Palette, contrast
from kiosk.theme import CAPITAL_EM, CAPITALS_MM, Panel, Size, Theme, smaller

PANELS = (Panel(10.1, 1280, 800), Panel(13.3, 1920, 1080), Panel(15.6, 1920, 1080))
PALETTES = pytest.mark.parametrize("palette", [LIGHT, CONTRAST], ids=["light", "contrast"])
COLOUR = re.compile(r"#[0-9A-Fa-f]{6}\b")


@pytest.mark.parametrize(
    ("panel", "target", "gap", "body"), list(zip(PANELS, (95, 128, 125), (18, 24, 24), (49, 67, 65), strict=True))
)
def test_millimetres_of_known_panels(panel: Panel, target: int, gap: int, body: int) -> None:
    """A larger panel shows all of it larger: 16 mm are the least, not the measure."""
    theme = Theme(panel)
    assert (theme.target, theme.gap, theme.font(Size.BODY)) == (target, gap, body)
    assert theme.target >= panel.mm(16)


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("size", list(Size))
def test_capitals_are_as_high_as_promised(size: Size, large: bool) -> None:
    for panel in PANELS:
        theme = Theme(panel, Look(large=large))
        assert theme.font(size) * CAPITAL_EM / panel.px_per_mm >= CAPITALS_MM[size][large] - 1e-6


def test_body_meets_en_301_549_at_50_cm_in_both_types() -> None:
    assert min(CAPITALS_MM[Size.BODY] + CAPITALS_MM[Size.SNUG]) >= 6.1
    assert CAPITALS_MM[Size.NOTE][0] >= 4.0


def test_extra_large_is_larger_by_a_quarter() -> None:
    for size in (Size.BODY, Size.LEAD, Size.TITLE, Size.NUMBER):
        standard, large = CAPITALS_MM[size]
        assert 1.24 <= large / standard <= 1.26


def test_a_panel_too_small_to_read_is_refused() -> None:
    with pytest.raises(ValueError, match="too small"):
        Panel(7.0, 1280, 720)
    with pytest.raises(ValueError, match="positive"):
        Panel(0, 1280, 800)


def test_a_seven_inch_panel_will_do_for_staff() -> None:
    panel = Panel(7.0, 1280, 720, staff=True)
    assert 0.6 <= panel.zoom < 0.7
    assert Theme(panel).target < panel.mm(16)
    with pytest.raises(ValueError, match="even for staff"):
        Panel(5.0, 1280, 720, staff=True)


def test_the_scale_is_closed_and_residents_never_get_notes() -> None:
    steps = [Size.NUMBER]
    while (size := smaller(steps[-1])) is not None:
        steps.append(size)
    assert steps == [Size.NUMBER, Size.TITLE, Size.LEAD, Size.BODY, Size.SNUG]
    assert smaller(Size.NOTE) is None
    assert smaller(Size.SNUG, Size.NOTE) is Size.NOTE


def test_line_height() -> None:
    theme = Theme(Panel(10.1, 1280, 800))
    assert theme.lines(Size.BODY, 0) == 0
    assert theme.lines(Size.BODY, 3) == theme.first_line(Size.BODY) + 2 * theme.next_line(Size.BODY)
    assert 1.3 <= theme.next_line(Size.BODY) / theme.font(Size.BODY) <= 1.5


def test_contrast_of_known_colours() -> None:
    assert contrast("#FFFFFF", "#A50000") == pytest.approx(8.1, abs=0.05)
    assert contrast("#1A1A1A", "#FFFFFF") == pytest.approx(17.4, abs=0.05)
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21.0)


@PALETTES
def test_body_contrast(palette: Palette) -> None:
    assert {pair: contrast(*pair) for pair in palette.body_pairs() if contrast(*pair) < 7.0} == {}


@PALETTES
def test_button_contrast(palette: Palette) -> None:
    assert {pair: contrast(*pair) for pair in palette.button_pairs() if contrast(*pair) < 4.5} == {}


@PALETTES
def test_edge_contrast(palette: Palette) -> None:
    assert {pair: contrast(*pair) for pair in palette.edge_pairs() if contrast(*pair) < 3.0} == {}


def test_high_contrast_is_higher_wherever_somebody_reads() -> None:
    assert min(contrast(*pair) for pair in CONTRAST.body_pairs()) > 10.0


def test_no_screen_has_a_colour_of_its_own() -> None:
    """It would be wrong in one of the two palettes."""
    for path in (Path(__file__).parents[2] / "kiosk" / "screens").glob("*.py"):
        assert not COLOUR.search(path.read_text(encoding="utf-8")), path.name
