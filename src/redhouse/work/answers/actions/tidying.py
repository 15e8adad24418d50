"""What can be had again is not kept for ever: memos of cuts that nobody looks at any more, workbooks taken along."""

import time

from django.db import connection
from django.utils import timezone

from redhouse.ground.papers.storage import KEPT_FOR, outgoing
from redhouse.work.answers.models import RowsBook

KEPT_CUTS = 50  # of a division: a cut is a day and a last fact

# A sheet that was sent stays quick to open, however old. Ordered by when they were counted: a look at an old cut of a
# quiet year is as fresh as one at today's.
OLD_MEMOS = """
DELETE FROM answers_figurememo m USING (
  SELECT division_code, as_of, last_fact_id,
         row_number() OVER (PARTITION BY division_code ORDER BY max(id) DESC) AS place
  FROM answers_figurememo GROUP BY division_code, as_of, last_fact_id
) c
WHERE c.place > %s AND (m.division_code, m.as_of, m.last_fact_id) = (c.division_code, c.as_of, c.last_fact_id)
  AND NOT EXISTS (
    SELECT 1 FROM answers_sheet s
    WHERE (s.division_code, s.as_of, s.last_fact_id) = (c.division_code, c.as_of, c.last_fact_id)
  )
"""


def tidy() -> int:
    """Throw away what is old; returns how many memos went. Whoever asks for one again has it counted again, to the
    same value. Safe beside readers and writers, and from several processes."""
    with connection.cursor() as cursor:
        cursor.execute(OLD_MEMOS, [KEPT_CUTS])
        memos = int(cursor.rowcount)
    RowsBook.objects.filter(created_at__lt=timezone.now() - KEPT_FOR).delete()
    _empty_outgoing()
    return memos


def _empty_outgoing() -> None:
    """Files as old as that, whether a row names them or an interruption left them."""
    oldest = time.time() - KEPT_FOR.total_seconds()
    for path in outgoing().glob("*"):
        if path.stat().st_mtime < oldest:
            path.unlink(missing_ok=True)
