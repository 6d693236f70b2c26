"""What is served from ``static/vendor`` is what its registry published: pinned, licensed, unchanged."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import plotly
import pytest

STATIC = Path(__file__).parent.parent / "static"
VENDOR = STATIC / "vendor"
PACKAGES: list[dict[str, Any]] = json.loads((VENDOR / "vendor.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package["name"])
def test_a_vendored_package_is_the_one_that_was_reviewed(package: dict[str, Any]) -> None:
    found = {name: sha256((VENDOR / name).read_bytes()).hexdigest() for name in package["files"]}
    assert found == package["files"]
    assert (VENDOR / package["licence_file"]).stat().st_size > 500
    assert package["version"]
    assert package["licence"]


def test_no_file_is_vendored_without_a_name_a_licence_and_a_hash() -> None:
    known = {name for package in PACKAGES for name in [*package["files"], package["licence_file"]]}
    present = {str(path.relative_to(VENDOR)) for path in VENDOR.rglob("*") if path.is_file()}
    assert present == known | {"vendor.json"}


def test_figures_are_drawn_by_the_version_of_plotly_that_made_them() -> None:
    bundled = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
    ours = VENDOR / "plotly-cartesian.min.js"
    assert _version(bundled, marker="plotly.js v") == _version(ours, marker="plotly.js (cartesian - minified) v")


def test_nothing_of_ours_is_fetched_from_another_site() -> None:
    ours = [path for path in STATIC.rglob("*") if path.suffix in {".css", ".js"} and VENDOR not in path.parents]
    assert ours
    for path in ours:
        text = path.read_text(encoding="utf-8")
        assert "url(http" not in text, path
        assert "url(//" not in text, path
        assert 'import "http' not in text, path


def _version(path: Path, *, marker: str) -> str:
    head = path.read_text(encoding="utf-8")[:500]
    return head.split(marker)[1].split()[0]
