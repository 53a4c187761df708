"""`python build.py handouts …`: the command line of the package, started in its environment."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import NoReturn

HERE = Path(__file__).resolve().parent


def start() -> None:
    """Run the command line; by a Python without the libraries, again in `.venv`."""
    if sys.version_info < (3, 11):  # noqa: UP036 (an older Python gets this far)
        start_in_environment("Python 3.11 or newer")
    try:
        from courseware.process import end_at_once, look_seldom, open_closed_streams

        open_closed_streams()
        end_at_once()
        look_seldom()
        from courseware.cli.commands import main
    except ModuleNotFoundError as error:
        if error.name is None or error.name.split(".")[0] == "courseware":
            raise
        start_in_environment(f"the library {error.name}")
    main()


def start_in_environment(lacking: str) -> NoReturn:
    """Start again by the Python of `.venv`, or end with the line that says what sets it up."""
    inside = Path(sys.prefix).resolve() == HERE / ".venv"
    for python in (HERE / ".venv/bin/python", HERE / ".venv/Scripts/python.exe"):
        if python.exists() and not inside:
            os.execv(python, [str(python), str(HERE / "build.py"), *sys.argv[1:]])
    sys.exit(f"{lacking} is needed: `make handouts` sets it up")


if __name__ == "__main__":
    start()
