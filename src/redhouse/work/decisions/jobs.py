"""Background work on archives: the sealed file is written when the public log holds every fact of the matter."""

from django.db import InterfaceError, OperationalError, connections
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from redhouse.ground.access.reach import everything
from redhouse.ground.ledger.rules import NotYet
from redhouse.kit.today import today
from redhouse.work.decisions import actions
from redhouse.work.decisions.actions.archives import SEAL
from redhouse.work.decisions.models import MatterArchive

# the log is signed twice a second, except while a long import is open; the database may be away for a while
AGAIN = RetryStrategy(max_attempts=200, wait=3, retry_exceptions=(NotYet, OperationalError, InterfaceError))


@app.task(name=SEAL, retry=AGAIN)
def seal_bundle(archive_id: int) -> None:
    try:
        with everything():
            archive = MatterArchive.objects.select_related("matter__run__host").get(pk=archive_id)
            actions.seal_bundle(archive=archive, on=today())
    finally:
        connections.close_all()  # a job runs in a thread of its own
