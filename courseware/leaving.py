"""The program's end: at once, without taking its objects down one by one, for thirty milliseconds."""

from __future__ import annotations

import atexit
import os
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import NoReturn


def run(main: Callable[[], object]) -> NoReturn:
    """Run the command line and end the process: with what it exits with, else 0.

    What was registered for the end is done, and what was printed is written. Where that fails, or
    a thread goes on that has to be waited for, Python ends the process as it does.
    """
    try:
        main()
        code = 0
    except SystemExit as error:
        if not isinstance(error.code, int | None):
            raise
        code = error.code or 0
    waited = [t for t in threading.enumerate() if not t.daemon and t is not threading.main_thread()]
    if not waited:
        with suppress(OSError, ValueError):
            sys.stdout.flush()
            sys.stderr.flush()
            atexit._run_exitfuncs()  # as Python does: newest first, faults told and passed over
            os._exit(code)
    sys.exit(code)
