"""From codes to sentences: what is the matter, and what to do."""

from __future__ import annotations

from domain.refusals import Refused
from kiosk.presenter.scene import Scene


def device_sentence(code: str, scene: Scene) -> str:
    """Return the sentence of a device's code."""
    key = f"device.{code}"
    return scene.texts(key) if scene.texts.has(key) else scene.texts("device.other")


def refusal_title(refused: Refused, scene: Scene) -> str:
    """Return the headline of a refusal."""
    return scene.texts(f"refused.{refused.code.value}.title")


def refusal_message(refused: Refused, scene: Scene) -> str:
    """Return what it means and what to do next."""
    return scene.texts(f"refused.{refused.code.value}", **refused.details)
