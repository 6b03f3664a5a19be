"""What holds for every test."""

from __future__ import annotations

import os

from hypothesis import settings

# The same examples on every machine: a red run is a change's doing. ``HYPOTHESIS_PROFILE=search`` looks for new ones.
settings.register_profile("same", derandomize=True, deadline=None, database=None)
settings.register_profile("search", max_examples=5_000, deadline=None, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))
