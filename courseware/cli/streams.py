"""What the program says into: streams that are closed, or whose disk is full, end it with a line at most."""

from __future__ import annotations

import errno
import os
import sys
from typing import Any

import click

from courseware.build.request import RequestError

UNWRITABLE = frozenset({errno.ENOSPC, errno.EBADF, errno.EIO, errno.EDQUOT, errno.EFBIG})
"""Errors of a stream that takes no more; a pipe that is closed is click's to end."""


class Command(click.Command):
    """A command that ends with its usage where what it is asked for does not exist."""

    def invoke(self, context: click.Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(context)
        except RequestError as error:
            raise click.UsageError(str(error), context) from None


class Commands(click.Group):
    """Commands that end with a line where what they say cannot be written."""

    command_class = Command

    def invoke(self, context: click.Context) -> Any:
        """Run the command that is named."""
        try:
            return super().invoke(context)
        except OSError as error:
            if error.errno not in UNWRITABLE or error.filename is not None:
                raise
            nowhere = os.open(os.devnull, os.O_WRONLY)
            for stream in (sys.stdout, sys.stderr):
                _drop(stream, nowhere)
            raise click.ClickException(f"the output cannot be written: {error.strerror}") from None


def _drop(stream: Any, nowhere: int) -> None:
    """Let what a stream could not write go nowhere, so that the program's end does not fail on it."""
    try:
        stream.flush()
    except (OSError, ValueError, AttributeError):
        if stream is not None and not stream.closed:
            os.dup2(nowhere, stream.fileno())
