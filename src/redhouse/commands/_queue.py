"""Jobs that somebody waits for. The worker's loop looks with one query whether there is any, and only then opens the
queue; a job whose worker died is taken up again."""

import asyncio

HOUSE, OUTSIDE = "default", "outside"  # what the house does itself; what waits for somebody outside
AT_ONCE = {HOUSE: 2, OUTSIDE: 4}  # jobs: a short one does not wait for a long one; outside they mostly wait
LOST_AFTER = 30  # seconds without a sign of life from a worker: its jobs are taken up by another

_DUE = (
    "SELECT EXISTS (SELECT FROM procrastinate_jobs j LEFT JOIN procrastinate_workers w ON w.id = j.worker_id"
    " WHERE j.queue_name = %s AND (j.status = 'todo' AND (j.scheduled_at IS NULL OR j.scheduled_at <= now())"
    " OR j.status = 'doing' AND (w.id IS NULL OR w.last_heartbeat < now() - make_interval(secs => %s))))"
)


def work_off_jobs(queue: str = HOUSE) -> bool:
    """Do every due job of a queue; whether there was any. Raises what Django raises when the database is away."""
    from django.db import DEFAULT_DB_ALIAS, OperationalError, connections
    from procrastinate.contrib.django import app
    from procrastinate.exceptions import ConnectorException

    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(_DUE, [queue, LOST_AFTER])
        if not cursor.fetchone()[0]:
            return False
    worker = app.with_connector(app.connector.get_worker_connector())  # type: ignore[attr-defined]
    try:
        asyncio.run(_drain(worker, queue))
    except ConnectorException as error:
        raise OperationalError(str(error)) from error
    return True


async def _drain(app: object, queue: str) -> None:
    async with app.open_async():  # type: ignore[attr-defined]
        manager = app.job_manager  # type: ignore[attr-defined]
        for job in await manager.get_stalled_jobs(queue=queue, seconds_since_heartbeat=LOST_AFTER):
            await manager.retry_job(job)
        await app.run_worker_async(  # type: ignore[attr-defined]
            queues=[queue],
            concurrency=AT_ONCE[queue],
            wait=False,
            listen_notify=False,
            install_signal_handlers=False,
            delete_jobs="successful",
        )
