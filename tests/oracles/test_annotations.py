"""W3C Web Annotations: accepted and refused as the samples are named."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from articles.annotations import AnnotationRefused, annotations_of

DATA = Path(os.environ.get("COLLOQUY_TEST_DATA") or Path(__file__).resolve().parents[3] / "shared/data")
SAMPLES = DATA / "anchoring/w3c_samples"
pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason=f"no samples at {SAMPLES}")


def samples(folder: str) -> list[Any]:
    return [pytest.param(file, id=f"{folder}-{file.stem}") for file in sorted((SAMPLES / folder).glob("*.json"))]


@pytest.mark.parametrize("file", samples("correct"))
def test_an_annotation_is_accepted(file: Path) -> None:
    annotations_of(file.read_text(encoding="utf-8"))


@pytest.mark.parametrize("file", samples("incorrect"))
def test_what_is_no_annotation_is_refused(file: Path) -> None:
    with pytest.raises(AnnotationRefused):
        annotations_of(file.read_text(encoding="utf-8"))
