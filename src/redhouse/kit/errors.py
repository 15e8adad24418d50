"""The one error a user may meet on the command line: a clear sentence and an exit code, never a traceback."""

from typing import IO, Any

import click

# Exit codes as in sysexits.h, so that a script can tell the cases apart.
DATA, UNAVAILABLE, SOFTWARE, IO_FAILED, BUSY, NO_PERMISSION, CONFIG = 65, 69, 70, 74, 75, 77, 78


class HouseError(click.ClickException):
    """Stop with one sentence in Chinese that names the thing and the mend.

    `exit_code` says which case it was; a subclass gives its own default. click prints the sentence to standard
    error and leaves with the code; code outside a command reads ``error.message`` and ``error.exit_code``.
    """

    exit_code = 1

    def __init__(self, message: str, exit_code: int | None = None) -> None:
        super().__init__(message)
        if exit_code is not None:
            self.exit_code = exit_code  # type: ignore[misc]  # click reads it from the instance

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the sentence to standard error, or to `file`."""
        click.echo(f"错误：{self.format_message()}", file=file, err=file is None)
