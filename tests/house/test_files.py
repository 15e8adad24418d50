"""What is committed: short files, no machine's address, no registry's, nothing inline, nothing unused."""

import re
from pathlib import Path

import pytest

from tests.house.own import PACKAGE, ROOT, committed

FILES = committed()
BINARY = {".otf", ".ttf", ".woff2", ".png", ".jpg", ".ico", ".mo", ".zip", ".gz", ".docx", ".xlsx", ".pdf"}
TEXTS = [path for path in FILES if path.suffix not in BINARY]
VENDORED = PACKAGE / "web/static/vendor"
TEMPLATES = sorted(path for path in PACKAGE.glob("**/templates/**/*") if path.suffix in {".html", ".txt"})
LONGEST = 360

# Put together here, so that this file does not hold what it forbids.
FORBIDDEN = {
    "a registry's address": r"pypi\.{0}org|python{0}hosted|registry\.{0}npm|proxy\.golang{0}\.|index{0}-url\W*http",
    "a path of one machine": r"(?<![\w.])/(?:work|root|Users){0}/[a-z]",
    "words of our tooling": r"(?i)\b(?:cl{0}aude|anthr{0}opic|open{0}ai|chat{0}gpt|co{0}pilot|sub{0}agent)\b",
}
FORBIDDEN = {what: re.compile(pattern.replace("{0}", "")) for what, pattern in FORBIDDEN.items()}


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("what", sorted(FORBIDDEN))
def test_no_committed_file_holds(what: str) -> None:
    here = Path(__file__).resolve()
    found = {
        f"{name(path)}:{number}: {line.strip()[:80]}"
        for path in TEXTS
        if path.resolve() != here and not path.is_relative_to(VENDORED)
        for number, line in enumerate(read(path).splitlines(), 1)
        if FORBIDDEN[what].search(line)
    }
    assert found == set(), f"{what} must not be committed"


def test_the_forbidden_is_recognised() -> None:
    samples = {
        "a registry's address": "https://pypi." + "org/simple",
        "a path of one machine": "/wor" + "k/main/x",
        "words of our tooling": "Co" + "pilot",
    }
    assert {what for what, text in samples.items() if FORBIDDEN[what].search(text)} == set(FORBIDDEN)


@pytest.mark.parametrize("path", [path for path in TEMPLATES if path.suffix == ".html"], ids=name)
def test_a_template_holds_nothing_inline(path: Path) -> None:
    text = read(path)
    assert re.findall(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)[^>]*>", text) == [], "scripts are files"
    assert re.findall(r"\sstyle\s*=|<style\b", text) == [], "styles are classes"
    assert re.findall(r"""\son[a-z]+\s*=\s*["']|javascript:""", text) == [], "no inline handler"
    assert re.findall(r"\{%\s*autoescape off|\|safe\b", text) == [], "nothing is printed unescaped"


def test_one_module_knows_which_day_it_is() -> None:
    """Whoever asks the clock himself forgets a demo that stands at another day; `localdate(moment)` asks no clock."""
    asks = re.compile(r"localdate\(\)|localtime\(\)|date\.today\(|datetime\.now\(\)")
    sources = [path for path in PACKAGE.glob("**/*.py") if path != PACKAGE / "kit/today.py"]
    assert [name(path) for path in sources if asks.search(read(path))] == [], "ask redhouse.kit.today"


def test_every_template_is_used() -> None:
    """By a view, a tag, another template, or (error pages, allauth's own names) by Django and allauth."""
    sources = "\n".join(read(path) for path in PACKAGE.glob("**/*.py")) + "\n".join(map(read, TEMPLATES))
    by_convention = re.compile(
        r"^(?:40[034]|403_csrf|429|500)\.html$|^(?:allauth|account|mfa|socialaccount|usersessions)/"
    )
    names = [re.split(r"/templates/", path.as_posix(), maxsplit=1)[1] for path in TEMPLATES]
    unused = [each for each in names if not by_convention.match(each) and f'"{each}"' not in sources]
    assert unused == [], "delete it, or use it"


def written_by_hand(path: Path) -> bool:
    """A migration that only lays out tables is written by a machine; with SQL or code of ours in it, it is not."""
    return path.parent.name != "migrations" or re.search(r"RunSQL|RunPython|ledger\.walls", read(path)) is not None


@pytest.mark.parametrize("path", [*filter(written_by_hand, sorted(PACKAGE.glob("**/*.py")))], ids=name)
def test_no_source_file_is_too_long_to_read_at_once(path: Path) -> None:
    assert len(read(path).splitlines()) <= LONGEST, "make it a folder of the same name, one module per noun"


def test_no_extension_of_the_database_is_asked_for() -> None:
    words = re.compile(
        r"CREATE\s+EXTENSION|CreateExtension|BtreeGistExtension|TrigramExtension|CITextExtension", re.IGNORECASE
    )
    asking = [
        name(path) for path in (ROOT / "src").rglob("*") if path.suffix in {".py", ".sql"} and words.search(read(path))
    ]
    assert asking == [], "core PostgreSQL only"


def test_ci_runs_the_suite_on_the_oldest_server_too() -> None:
    """Debian's server is 15, so whatever is newer than 15 stops there."""
    script = read(ROOT / ".ci/run")
    assert "tools/with-postgres.sh" in script
    assert "REDHOUSE_REQUIRE_ALL=1" in script
    from redhouse.kit.postgres.locator import OLDEST_MAJOR

    assert OLDEST_MAJOR == 15


def test_no_leftover_notes_to_ourselves() -> None:
    note = re.compile(r"\b(?:TODO|FIXME|XXX|HACK)\b")
    left = [
        f"{name(path)}:{number}"
        for path in TEXTS
        if path.suffix in {".py", ".html", ".sql", ".md", ".css", ".js", ".sh", ".toml"}
        and path.resolve() != Path(__file__).resolve()
        and not path.is_relative_to(VENDORED)
        for number, line in enumerate(read(path).splitlines(), 1)
        if note.search(line)
    ]
    assert left == [], "do it, or open an issue"
