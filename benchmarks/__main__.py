"""Run the measurements in a throw-away house and write the results beside this file.

python -m benchmarks            all
python -m benchmarks loading figures
"""

import os
import platform
import sys
import tempfile
from datetime import date
from importlib import import_module
from pathlib import Path

PARTS = (
    "demo",
    "loading",
    "writers",
    "figures",
    "sheet",
    "pages",
    "serving",
    "imports",
    "identity",
    "procedures",
    "steps",
    "matters",
    "ballots",
    "sync",
    "doorstep",
)
RESULTS = Path(__file__).with_name("results.md")
PART_OF_RESULTS = "<!-- {} -->"


def main(wanted: list[str]) -> None:
    unknown = set(wanted) - set(PARTS)
    if unknown:
        sys.exit(f"no such measurement: {', '.join(sorted(unknown))}; there are: {', '.join(PARTS)}")
    with tempfile.TemporaryDirectory(prefix="redhouse-bench-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)  # the database user of a server run by root must get in
        os.environ["REDHOUSE_HOME"] = folder
        os.environ.pop("DATABASE_URL", None)
        os.environ["DJANGO_SETTINGS_MODULE"] = "redhouse.config.settings"
        for part in PARTS:  # the first one loads the town that the others measure on
            if not wanted or part in wanted or part == "demo":
                print(f"── {part}", flush=True)
                _let_go_of_connections()
                text = "\n".join(result.as_markdown() for result in import_module(f"benchmarks.{part}").measure())
                if not wanted or part in wanted:
                    _keep(part, text)


def _let_go_of_connections() -> None:
    """A part may have stopped the server and started it again: the next one connects anew."""
    from django.apps import apps
    from django.db import connections

    if apps.ready:
        connections.close_all()


def _keep(part: str, text: str) -> None:
    """Replace one part of the results, keep the others."""
    kept = dict.fromkeys(PARTS, "")
    if RESULTS.exists():
        for name in PARTS:
            pieces = RESULTS.read_text().split(PART_OF_RESULTS.format(name))
            kept[name] = pieces[1] if len(pieces) == 3 else ""
    kept[part] = f"\n{text}\n"
    head = (
        "# Measurements\n\nWritten by `make bench`; each ratio was measured within one run, medians with the range in"
        f" brackets. {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()},"
        f" {date.today().isoformat()}.\n\n"
    )
    body = "\n".join(
        f"{PART_OF_RESULTS.format(name)}{text}{PART_OF_RESULTS.format(name)}" for name, text in kept.items() if text
    )
    RESULTS.write_text(head + body + "\n")
    print(text, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
