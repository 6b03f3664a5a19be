"""Very many examples of one check, in rounds with seeds of their own; what Hypothesis remembers ends with each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import given, seed, settings
from hypothesis import strategies as st

EXAMPLES_A_ROUND = 30_000


def soak(check: Callable[..., None], number: int, *strategies: st.SearchStrategy[Any]) -> None:
    """One round: ``check`` on examples drawn from ``strategies``."""

    @seed(number)
    @settings(max_examples=EXAMPLES_A_ROUND)
    @given(st.tuples(*strategies))
    def run(arguments: tuple[Any, ...]) -> None:
        check(*arguments)

    run()
