"""The program where it is installed: `courseware …`, or `python -m courseware …`."""

from __future__ import annotations

from courseware.interrupts import end_at_once
from courseware.process import look_seldom, open_closed_streams


def start() -> None:
    """Run the command line."""
    open_closed_streams()
    end_at_once()
    look_seldom()
    from courseware.cli.commands import main

    main()


if __name__ == "__main__":
    start()
