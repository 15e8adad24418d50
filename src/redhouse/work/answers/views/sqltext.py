"""SQL as people read it: words of the language and literals marked by tags, nothing else touched."""

import re

from django.utils.html import escape
from django.utils.safestring import SafeString

WORDS = (
    "WITH|SELECT|FROM|WHERE|AND|OR|NOT|EXISTS|AS|IN|IS|NULL|LIKE|JOIN|LEFT|CROSS|ON|GROUP BY|ORDER BY|PARTITION BY|OVER"
    "|CASE|WHEN|THEN|ELSE|END|UNION ALL|DISTINCT|DESC|CAST|EXTRACT|YEAR"
)
TOKEN = re.compile(rf"(?P<literal>'[^']*'|:[a-z_]+)|\b(?P<word>{WORDS})\b")


def highlighted(sql: str) -> SafeString:
    """`<b>` around words of SQL, `<i>` around literals and parameters; everything else escaped."""
    out, at = [], 0
    for match in TOKEN.finditer(sql):
        tag = "i" if match["literal"] else "b"
        out.append(f"{escape(sql[at : match.start()])}<{tag}>{escape(match[0])}</{tag}>")
        at = match.end()
    return SafeString("".join(out) + escape(sql[at:]))
