"""Every dependency has a reason, and a licence that lets a town keep its house."""

import re
import tomllib
from importlib import metadata

import pytest

from tests.house.own import ROOT

PYPROJECT = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
LOCKED = sorted(set(re.findall(r"^([a-z0-9][a-z0-9._-]*)==", LOCK, flags=re.MULTILINE)))
INSTALLED = {re.sub(r"[-_.]+", "-", dist.metadata["Name"]).lower() for dist in metadata.distributions()}

# Offered under several licences at our choice, or under an exception for users; each with the one we take.
CHOSEN = {
    "text-unidecode": "Artistic License, offered beside the GPL",
    "docutils": "public domain and BSD; only a few files outside the package are GPL",
}
APART = {"pyspark>=4"}  # hundreds of megabytes, for one measurement: whoever wants it installs it beside the lock
COPYLEFT = re.compile(r"(?<!L)(?<!Lesser )\bA?GPL|Affero|(?<!Lesser )General Public License", re.IGNORECASE)


def declared() -> list[str]:
    project = tomllib.loads(PYPROJECT)["project"]
    return [*project["dependencies"], *(line for group in project["optional-dependencies"].values() for line in group)]


@pytest.mark.parametrize("requirement", declared())
def test_every_dependency_says_why_it_is_there(requirement: str) -> None:
    lines = [line for line in PYPROJECT.splitlines() if f'"{requirement}"' in line]
    assert len(lines) == 1
    _, _, reason = lines[0].partition("#")
    assert reason.strip(), f"{requirement}: write the reason beside it"


@pytest.mark.parametrize("requirement", [one for one in declared() if one not in APART])
def test_every_dependency_is_in_the_lock(requirement: str) -> None:
    plain = re.split(r"[\[<>=~! ]", requirement, maxsplit=1)[0].lower().replace("_", "-")
    assert plain in LOCKED, "run: make lock"


def test_the_lock_pins_by_hash_and_names_no_index() -> None:
    pins = re.findall(
        r"^[a-z0-9][^\s]*==[^\n]*\\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", LOCK, flags=re.MULTILINE
    )
    assert len(pins) == len(re.findall(r"^[a-z0-9][^\s]*==", LOCK, flags=re.MULTILINE))
    assert re.findall(r"https?://|--index|--extra-index|--find-links", LOCK) == []


def licences(name: str) -> str:
    about = metadata.metadata(name)
    classifiers = [line for line in about.get_all("Classifier") or [] if line.startswith("License ::")]
    text = about.get("License-Expression") or "; ".join(classifiers) or about.get("License") or ""
    return text[:400]


@pytest.mark.parametrize("name", [name for name in LOCKED if name in INSTALLED and name not in CHOSEN])
def test_no_licence_that_would_bind_the_house(name: str) -> None:
    licence = licences(name)
    assert licence, f"{name} states no licence: look, and write it down in CHOSEN"
    assert not COPYLEFT.search(licence), f"{name} is under {licence}"


def test_copyleft_is_recognised_and_the_lesser_is_let_through() -> None:
    strong = ["GPL-3.0-or-later", "AGPL-3.0", "GNU General Public License v3", "GNU Affero General Public License"]
    fine = ["LGPL-3.0-only", "GNU Lesser General Public License v3 or later (LGPLv3+)", "MIT", "MPL-2.0"]
    assert [text for text in [*strong, *fine] if COPYLEFT.search(text)] == strong
