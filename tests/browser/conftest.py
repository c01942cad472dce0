"""Browsers for whole journeys, and the demonstration to look at."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.browser.demonstration import Demonstration, demonstration_in


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demonstration]:
    """The demonstration, served for this test process. Its tests look and change nothing that others see."""
    with demonstration_in(tmp_path_factory.mktemp("demonstration")) as loaded:
        yield loaded
