"""A figure is one small SQL file: a header of `-- key: value` lines, the statement that counts, and after `-- rows:`
the statement that lists what was counted. The text is portable: PostgreSQL, DuckDB and Spark read the same file."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from pathlib import Path

from django.utils.translation import get_language

FOLDER = Path(__file__).resolve().parent.parent / "figures"
HEADER = re.compile(r"-- ([a-z_]+): (.+)")
ROWS = "\n-- rows:\n"

# Put before every statement that says `fact`, so that none can forget the cut and the corrections. A void is a
# correction of a kind that nothing counts. IS NOT NULL adds no meaning: it tells the planner how few corrections
# there are, and a village is counted five times faster.
PRELUDE = """\
fact AS (
  SELECT f.*
  FROM facts f
  WHERE f.fact_id <= :last_fact_id AND f.happened_on <= :as_of
    AND NOT EXISTS (
      SELECT 1 FROM facts c
      WHERE c.corrects_id IS NOT NULL AND c.corrects_id = f.fact_id AND c.fact_id <= :last_fact_id
    )
)"""
NAMES_FACT = re.compile(r"\bfact\b")

TOWN_ONLY = "town"
RATIO = "ratio"


@dataclass(frozen=True)
class Figure:
    """`count_sql` returns rows `part, numerator, denominator, facts`: part '' is the figure itself, other rows are its
    parts; `facts` is how many rows `rows_sql` returns. `header` holds words in Chinese, and in English under `…_en`."""

    id: str
    header: Mapping[str, str] = field(repr=False, hash=False)
    count_sql: str = field(repr=False)
    rows_sql: str = field(repr=False)

    def word(self, key: str) -> str:
        """A word of the header in the reader's language; empty where the header has none."""
        english = (get_language() or "").startswith("en")
        return self.header.get(f"{key}_en" if english else key, self.header.get(key, ""))

    @property
    def name(self) -> str:
        return self.word("name")

    @property
    def unit(self) -> str:
        return self.word("unit")

    @property
    def clause(self) -> str:
        """Where the figure comes from."""
        return self.word("clause")

    @property
    def is_ratio(self) -> bool:
        return self.header["kind"] == RATIO

    @property
    def is_plan(self) -> bool:
        return self.header.get("plan") == "yes"

    @property
    def town_only(self) -> bool:
        """Stated of a town as a whole: null for a village."""
        return self.header["applies"] == TOWN_ONLY

    @property
    def part_names(self) -> dict[str, str]:
        """Declared parts in order, with their names."""
        pairs = (pair.partition("=") for pair in self.word("parts").split(", ") if pair)
        return {key: name for key, _, name in pairs}

    @property
    def digest(self) -> str:
        """Names the definition: another text is another figure."""
        return sha256(f"{PRELUDE}\n{self.count_sql}".encode()).hexdigest()


def parse(text: str) -> Figure:
    """Read one file. Raises KeyError or ValueError for a file that is no figure; a house test reads them all."""
    body, _, rows = text.partition(ROWS)
    header = {}
    lines = body.splitlines()
    while lines and (found := HEADER.fullmatch(lines[0])):
        header[found[1]] = found[2].strip()
        lines.pop(0)
    return Figure(id=header["id"], header=header, count_sql="\n".join(lines).strip(), rows_sql=rows.strip())


def read_figures(folder: Path) -> dict[str, Figure]:
    """Every figure of a folder by id, in order of id."""
    figures = (parse(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("F*.sql")))
    return {figure.id: figure for figure in figures}


@cache
def load_figures() -> dict[str, Figure]:
    """Every figure of the house."""
    return read_figures(FOLDER)


def with_prelude(statement: str, then: str, prelude: str = PRELUDE) -> str:
    """The statement under the name `answer`, behind the prelude where it says `fact`; `then` reads it."""
    before = f"{prelude}, " if NAMES_FACT.search(statement) else ""
    return f"WITH {before}answer AS (\n{statement}\n)\n{then}"
