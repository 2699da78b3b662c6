"""What holds for all tests: no time is asserted, also not by hypothesis, and the user's own cache is left alone."""

from __future__ import annotations

import os
from collections.abc import Iterator
from tempfile import TemporaryDirectory

import pytest
from hypothesis import settings

settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


@pytest.fixture(scope="session", autouse=True)
def _own_cache() -> Iterator[None]:
    with TemporaryDirectory() as folder:
        os.environ["XDG_CACHE_HOME"] = folder
        yield
