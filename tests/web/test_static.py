"""What the browser is given: nothing from outside, nothing inline, and every borrowed file is the one we know."""

import hashlib
import re
import tomllib
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

import redhouse

PACKAGE = Path(redhouse.__file__).parent
TEMPLATES = sorted(PACKAGE.glob("**/templates/**/*.html"))
OWN = sorted(path for path in (PACKAGE / "web/static/redhouse").iterdir() if path.suffix != ".png")
MANIFEST = tomllib.loads((PACKAGE / "web/static/vendor/MANIFEST.toml").read_text(encoding="utf-8"))["file"]


@pytest.mark.parametrize("entry", MANIFEST, ids=lambda entry: entry["name"])
def test_borrowed_file_is_the_one_in_the_manifest(entry: dict[str, str]) -> None:
    found = finders.find(entry["path"])
    assert found is not None
    assert hashlib.sha256(Path(found).read_bytes()).hexdigest() == entry["sha256"]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_template_holds_no_inline_script_style_or_outside_address(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert re.findall(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)", text) == []
    assert re.findall(r"\sstyle\s*=|<style|\son[a-z]+\s*=\s*[\"']|javascript:", text) == []
    assert re.findall(r"(?:src|href|action)\s*=\s*[\"']?(?:https?:)?//", text) == []


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.name)
def test_own_file_asks_for_nothing_from_outside(path: Path) -> None:
    text = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
    assert re.findall(r"https?://|@import|url\(", text) == []


def test_every_icon_that_a_template_names_is_drawn() -> None:
    drawn = set(
        re.findall(r'id="i-([a-z-]+)"', (PACKAGE / "web/static/redhouse/icons.svg").read_text(encoding="utf-8"))
    )
    named = {
        name for path in TEMPLATES for name in re.findall(r'{% icon "([a-z-]+)"', path.read_text(encoding="utf-8"))
    }
    assert named <= drawn
    assert "eye" in named
