"""Collect every sentence marked for translation into locale/en and compile it; no gettext installation needed.

python tools/messages.py          update the catalogue, compile it, list what has no English yet
python tools/messages.py --check  change nothing; fail if the catalogue is out of date or incomplete
"""

import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

SOURCE = Path(__file__).resolve().parent.parent / "src" / "redhouse"
FOLDER = SOURCE / "locale" / "en" / "LC_MESSAGES"
PO, MO = FOLDER / "django.po", FOLDER / "django.mo"
KEYWORDS = {
    "_": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None,
    "ngettext": (1, 2), "ngettext_lazy": (1, 2), "pgettext": ((1, "c"), 2), "npgettext": ((1, "c"), 2, 3),
}  # fmt: skip


def sentences() -> Iterator[tuple[str | tuple[str, ...], str | None, str]]:
    """(message id, context, file) of every marked sentence in Python and templates."""
    settings.configured or settings.configure(USE_I18N=True)
    for path in sorted(SOURCE.rglob("*")):
        if path.suffix not in {".py", ".html", ".txt"} or "migrations" in path.parts or "static" in path.parts:
            continue
        text = path.read_text(encoding="utf-8")
        if path.suffix != ".py":
            text = templatize(text, origin=str(path))
        name = path.relative_to(SOURCE).as_posix()
        for _line, message, _comments, context in extract("python", io.BytesIO(text.encode()), KEYWORDS):
            yield message, context, name


def collected() -> Catalog:
    """The catalogue as it should be: today's sentences with the English known so far, no line numbers."""
    with PO.open("rb") as file:
        known = read_po(file, locale="en")
    fresh = Catalog(locale="en", project="redhouse", charset="utf-8", fuzzy=False, header_comment="# 红房子 · English")
    fresh.creation_date = fresh.revision_date = known.creation_date
    for message, context, name in sentences():
        old = known.get(message[0] if isinstance(message, tuple) else message, context)
        kept = old is not None and isinstance(old.id, tuple) == isinstance(message, tuple)  # a plural may come or go
        fresh.add(message, string=old.string if old and kept else None, locations=[(name, None)], context=context)
    return fresh


def untranslated(catalogue: Catalog) -> list[str]:
    return [str(m.id) for m in catalogue if m.id and not all(m.string if isinstance(m.string, tuple) else [m.string])]


def as_text(catalogue: Catalog) -> bytes:
    out = io.BytesIO()
    write_po(out, catalogue, width=110, sort_output=True, include_lineno=False, omit_header=False)
    return out.getvalue()


def compiled(catalogue: Catalog) -> bytes:
    out = io.BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


def main() -> int:
    FOLDER.mkdir(parents=True, exist_ok=True)
    if not PO.exists():
        PO.write_bytes(as_text(Catalog(locale="en", project="redhouse", charset="utf-8", fuzzy=False)))
    fresh = collected()
    missing = untranslated(fresh)
    if "--check" in sys.argv:
        stale = as_text(fresh) != PO.read_bytes() or compiled(fresh) != MO.read_bytes()
        if stale or missing:
            print(f"locale/en: {'out of date, ' if stale else ''}{len(missing)} without English. Run: make messages")
        return int(stale or bool(missing))
    PO.write_bytes(as_text(fresh))
    MO.write_bytes(compiled(fresh))
    print(f"{len(fresh)} sentences, {len(missing)} without English", *missing, sep="\n  ")
    return 0


if __name__ == "__main__":
    sys.exit(main())
