"""The program's end: what was printed is written, what was registered is done, the code is told."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.support import PROJECT

START = "import atexit, sys, threading, time\nfrom courseware.leaving import run\n"


def ended(program: str) -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, "-c", START + program], cwd=PROJECT, capture_output=True, text=True
    )
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize(
    ("body", "code", "said"),
    [
        ("print('x', end='')", 0, ""),
        ("print('x', end=''); sys.exit(3)", 3, ""),
        ("print('x', end=''); sys.exit()", 0, ""),
        ("print('x', end=''); sys.exit('why')", 1, "why\n"),
        ("print('x', end=''); sys.stderr.write('y'); sys.exit(1)", 1, "y"),
    ],
)
def test_the_code_and_all_that_was_printed_come_out(body: str, code: int, said: str) -> None:
    program = f"def main():\n    {body}\natexit.register(print, 'last')\nrun(main)"
    assert ended(program) == (code, "xlast\n", said)


def test_python_takes_nothing_down() -> None:
    program = """class Down:
    def __del__(self): print("taken down")
held = Down()
run(lambda: print("done"))"""
    assert ended(program) == (0, "done\n", "")


def test_a_thread_that_goes_on_is_waited_for() -> None:
    program = """def late():
    time.sleep(0.2)
    print("late")
run(lambda: threading.Thread(target=late).start())"""
    assert ended(program) == (0, "late\n", "")


def test_an_error_is_shown_as_ever() -> None:
    code, _, said = ended("run(lambda: 1 / 0)")
    assert code == 1 and said.endswith("ZeroDivisionError: division by zero\n")
