"""Background work on grid events: a resident who left a telephone number is sent the code to follow the case by."""

from django.db import InterfaceError, OperationalError, connections
from django.urls import reverse
from django.utils.translation import gettext as _
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from redhouse.ground.access.reach import everything
from redhouse.ground.messages.actions.deliveries import OUTSIDE
from redhouse.ground.messages.enums import Channel
from redhouse.ground.messages.outside import NotSent, send
from redhouse.ground.process.models import Report
from redhouse.work.gridwork.actions.cases import TELL_CODE

# a gateway that is away is tried for about two hours; then the code on the page has to do
AGAIN = RetryStrategy(max_attempts=8, exponential_wait=3, retry_exceptions=(NotSent, OperationalError, InterfaceError))


@app.task(name=TELL_CODE, queue=OUTSIDE, retry=AGAIN)
def tell_code(report_id: int) -> None:
    """The number is opened here, in the job, and nowhere before; sent twice, the gateway takes it once."""
    try:
        with everything():
            report = Report.objects.get(pk=report_id)
        if not report.phone:
            return  # erased in the meantime
        send(
            Channel.SMS,
            division_code=report.division_code,
            to=report.phone,
            title=_("您上报的事收到了，查询码%(code)s") % {"code": report.status_code},
            link=reverse("open-grid:status", args=[report.status_code]),
            key=report.key.hex,
        )
    except NotSent as fault:
        if not fault.is_final:
            raise
    finally:
        connections.close_all()  # a job runs in a thread of its own
