"""The house speaks two languages, whole: every marked sentence has its English, and the compiled catalogue says the
same."""

import importlib.util
import re
from gettext import GNUTranslations
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

TOOL = Path(__file__).resolve().parents[2] / "tools" / "messages.py"
HAN = re.compile(r"[\u3400-\u9fff、。，；：？！（）《》]")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%|%[sd]|\{\w+\}")


def loaded() -> ModuleType:
    spec = importlib.util.spec_from_file_location("messages", TOOL)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


TOOLS = loaded()


def written() -> Catalog:
    with TOOLS.PO.open("rb") as file:
        return read_po(file, locale="en")


def forms(side: object) -> tuple[str, ...]:
    """One form, or those of one and of many."""
    return tuple(map(str, side)) if isinstance(side, (list, tuple)) else (str(side),)


SENTENCES = [(message.context, forms(message.id), forms(message.string)) for message in written() if message.id]
PAIRS = [pair for _, chinese, english in SENTENCES for pair in zip(chinese, english, strict=True) if pair[1]]


@pytest.fixture(scope="module")
def collected() -> Catalog:
    """The catalogue as the code of today wants it."""
    found: Catalog = TOOLS.collected()
    return found


def test_every_sentence_has_its_english(collected: Catalog) -> None:
    assert len(collected) > 500
    assert TOOLS.untranslated(collected) == []


def test_the_catalogue_is_that_of_the_code(collected: Catalog) -> None:
    assert TOOLS.as_text(collected).decode() == TOOLS.PO.read_text(encoding="utf-8")


def test_the_compiled_catalogue_says_the_same() -> None:
    assert TOOLS.compiled(written()) == TOOLS.MO.read_bytes()
    with TOOLS.MO.open("rb") as file:
        house = GNUTranslations(file)
    for context, chinese, english in SENTENCES:
        if len(chinese) == 2:
            said: tuple[str, ...] = tuple(house.ngettext(chinese[0], chinese[1], n) for n in (1, 2))
        else:
            said = (house.pgettext(context, chinese[0]) if context else house.gettext(chinese[0]),)
        assert said == english


def test_placeholders_are_the_same_on_both_sides() -> None:
    for chinese, english in PAIRS:
        assert sorted(PLACEHOLDER.findall(english)) == sorted(PLACEHOLDER.findall(chinese)), chinese


def test_english_is_english() -> None:
    assert [english for _, english in PAIRS if HAN.search(english)] == []


def test_nothing_is_fuzzy() -> None:
    assert [message.id for message in written() if message.id and message.fuzzy] == []
