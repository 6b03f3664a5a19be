"""Opening the window and running Kivy's loop: a tour or a test may turn the frames itself instead."""

from __future__ import annotations

from functools import cache

from kivy.base import EventLoop, runTouchApp, stopTouchApp
from kivy.core.window import Window
from kivy.graphics.opengl import (
    GL_RENDERER,
    GL_SCISSOR_TEST,
    GL_STENCIL_BUFFER_BIT,
    glClear,
    glDisable,
    glEnable,
    glFinish,
    glGetString,
    glScissor,
)
from kivy.uix.widget import Widget

from kiosk.palette import LIGHT, rgba


def open_window(root: Widget) -> None:
    """Open the one window, with ``root`` in it and nothing else, and start the input providers.

    Afterwards either call ``run``, or turn the frames with a ``Hand``. May be called again with another root.
    """
    Window.clearcolor = rgba(LIGHT.paper)
    for child in Window.children[:]:
        Window.remove_widget(child)
    if EventLoop.status == "idle":
        Window.bind(on_flip=_finish_frame)
        runTouchApp(root, embedded=True)
    if root.parent is None:
        Window.add_widget(root)
    root.size = Window.size


def _finish_frame(_window: object) -> None:
    """Let no unfinished frames pile up: without this, software GL kept 130 MB of them (measured, Mesa llvmpipe)."""
    glFinish()
    if _draws_in_software():
        _forget_frames()


@cache
def _draws_in_software() -> bool:
    return b"llvmpipe" in glGetString(GL_RENDERER)


def _forget_frames() -> None:
    """It keeps what its last two frames were made of, 16 MB, until others are drawn: two of an unseen pixel will do."""
    glEnable(GL_SCISSOR_TEST)
    glScissor(0, 0, 1, 1)
    for _ in range(2):
        glClear(GL_STENCIL_BUFFER_BIT)
        glFinish()
    glDisable(GL_SCISSOR_TEST)


def run() -> None:
    """Turn frames until ``close`` is called or the window is gone."""
    try:
        EventLoop.mainloop()
    finally:
        stopTouchApp()


def close() -> None:
    """End ``run`` after this frame. To be called on the UI thread."""
    EventLoop.close()
