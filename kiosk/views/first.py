"""Nobody is here: the first screen and its board."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.views.parts import Tone


@dataclass(frozen=True, slots=True)
class BoardPage:
    """One thing that the office wants known, of several that take turns; ``place`` counts from 0."""

    title: str
    text: str
    featured: bool = False  # what this station has and others have not
    place: int = 0
    pages: int = 1


@dataclass(frozen=True, slots=True)
class IdleView:
    """Nobody is here: what can be done and how to start (a drawn QR card held before the scanner)."""

    title: str  # "积分换好物，邻里帮到家"; empty where the hours take its place
    invitation: str  # "请把积分卡对准扫描口"
    steps: tuple[str, ...]  # three short steps
    offers: tuple[str, ...]  # what can be had here: names of the three classes with a line each
    message: str = ""  # for example why the last card was not taken
    message_tone: Tone = Tone.PLAIN
    id_cards: bool = False  # draw an ID card on its reader beside the QR card
    hours: str = ""  # "今天 9:00-17:00"
    hours_open: bool = True  # whether it is open now
    page: BoardPage | None = None  # None: the steps stand there
    serving: tuple[str, ...] = ()  # numbers being served now, after a word that says so; they stand for the offers
