"""`python build.py handouts …`: the command line of the package, started in its environment."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def start() -> None:
    """Run the command line; by a Python without the libraries, again in `.venv`."""
    try:
        from courseware.cli import main
    except ModuleNotFoundError as error:
        if error.name is None or error.name.startswith("courseware"):
            raise
        here = Path(__file__).resolve().parent
        for python in (here / ".venv/bin/python", here / ".venv/Scripts/python.exe"):
            if python.exists() and Path(sys.prefix).resolve() != (here / ".venv").resolve():
                os.execv(python, [str(python), str(here / "build.py"), *sys.argv[1:]])  # noqa: S606
        sys.exit(f"{error.name} is not installed: `make handouts` sets it up")
    main()


if __name__ == "__main__":
    start()
