"""What the database refuses, said as an error that a caller can tell apart."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, transaction


class OutOfTurn(ValueError):
    """The run does not stand where the caller believed; `name` is that of the guard."""

    def __init__(self, sentence: str, name: str = "") -> None:
        super().__init__(sentence)
        self.name = name


@contextmanager
def guarded() -> Iterator[None]:
    """Everything inside is written, or nothing and OutOfTurn says why. The guards that wait for the commit are asked
    at the end of the block."""
    try:
        with transaction.atomic():
            yield
            with transaction.get_connection().cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
    except IntegrityError as error:
        diag = getattr(error.__cause__, "diag", None)
        if diag is None or not (diag.sqlstate == "23001" or str(diag.constraint_name).startswith("run_")):
            raise
        raise OutOfTurn(str(diag.message_primary), str(diag.constraint_name)) from error
