"""The program where it is installed: `courseware …`, or `python -m courseware …`."""

from __future__ import annotations

from courseware.process import end_at_once, look_seldom, open_closed_streams


def start() -> None:
    """Run the command line."""
    open_closed_streams()
    end_at_once()
    look_seldom()
    from courseware.cli.commands import main

    main()


if __name__ == "__main__":
    start()
