"""Layouts in a sandbox: what one gets wrong is told at its line, and none runs or grows for ever."""

from __future__ import annotations

import re
import sys
import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from pathlib import Path
from typing import Any

from jinja2 import Environment, TemplateNotFound, TemplateSyntaxError, nodes
from jinja2.compiler import CodeGenerator
from jinja2.debug import rewrite_traceback_stack
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from courseware.diagnostics import Diagnostic, Span, did_you_mean
from courseware.process import MOST_MEMORY, Overdue, bounded_memory, limited

LONGEST = 20.0
"""Seconds of processor time that the layouts of one page may take; the longest session takes two."""
SLACK = 0.5
"""Seconds by which the system's timer may be early; the clock of a whole job may end it, too."""
MOST_REPEATED = 1_000_000
"""Items or characters that `*` may make."""
MOST_PARTS = 10_000
"""Parts that a filter may cut a list into, or items that it may make a part of."""
MOST_POWER = 1_000
"""What `**` takes on its left and right."""
LARGEST = 10**3_000
"""The largest number that `*` takes."""
_COMPILE = Environment.compile.__code__
_ends: ContextVar[float] = ContextVar("ends", default=float("inf"))
_soonest: ContextVar[float] = ContextVar("soonest", default=float("inf"))
"""The clock's second before which a thread has not had its time; to ask for a thread's own takes longer."""


class LayoutError(Exception):
    """A layout that cannot be used: `finding` says where and why."""

    def __init__(self, finding: Diagnostic) -> None:
        """Keep the finding."""
        super().__init__(finding.message)
        self.finding = finding


class TooLongError(Exception):
    """A layout that ran longer than `LONGEST`."""


class Generator(CodeGenerator):
    """Compiles loops so that each turn looks at the clock."""

    def visit_Template(self, node: nodes.Template, frame: Any = None) -> None:  # noqa: N802
        """Send what loops go over through the filter `timed`; the name is Jinja's."""
        for loop in list(node.find_all(nodes.For)):
            loop.iter = nodes.Filter(loop.iter, "timed", [], [], None, None, lineno=loop.lineno)
        super().visit_Template(node, frame)


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox, with bounds for what it leaves open: time, `*` and `**`."""

    code_generator_class = Generator
    intercepted_binops = frozenset({"*", "**"})

    def __init__(self, *args: Any, **options: Any) -> None:
        """Take what Jinja takes."""
        super().__init__(*args, **options)
        self.filters["timed"] = timed
        del self.globals["lipsum"]
        for name in ("slice", "batch"):
            self.filters[name] = _few(self.filters[name])

    def call(self, context: Any, what: Any, /, *args: Any, **options: Any) -> Any:
        """Call a function or macro of a layout, if there is time left."""
        _look()
        return super().call(context, what, *args, **options)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Multiply or raise to a power what is small."""
        numbers = [abs(v) for v in (left, right) if isinstance(v, int | float)]
        sizes = [len(v) for v in (left, right) if hasattr(v, "__len__")]
        if operator == "**" and max(numbers, default=0) > MOST_POWER:
            raise SecurityError(f"a power of more than {MOST_POWER:,}")
        if operator == "*" and sizes and sizes[0] * max(numbers, default=1) > MOST_REPEATED:
            raise SecurityError(f"`*` makes more than {MOST_REPEATED:,} items or characters")
        if operator == "*" and max(numbers, default=0) > LARGEST:
            raise SecurityError("the number is too large")
        return super().call_binop(context, operator, left, right)


class Unboxed(Environment):
    """Jinja without the sandbox, which takes half of its time: for the built-in layouts alone."""

    code_generator_class = Generator

    def __init__(self, *args: Any, **options: Any) -> None:
        """Take what Jinja takes."""
        super().__init__(*args, **options)
        self.filters["timed"] = timed


def timed(items: Iterable[Any]) -> Iterator[Any]:
    """Yield items as long as there is time left."""
    for item in items:
        _look()
        yield item


def _few(filter_: Callable[..., Any]) -> Callable[..., Any]:
    """Return a filter that makes a list of as many parts as it is told, with a bound for their number."""

    @wraps(filter_)
    def bounded_filter(*args: Any, **options: Any) -> Any:
        if any(isinstance(v, int) and v > MOST_PARTS for v in (*args, *options.values())):
            raise SecurityError(f"more than {MOST_PARTS:,} parts")
        return filter_(*args, **options)

    return bounded_filter


def _look() -> None:
    if time.perf_counter() > _soonest.get() and time.thread_time() > _ends.get():
        raise TooLongError(_too_long())


def _too_long() -> str:
    return f"it runs longer than {LONGEST:.0f} s"


@contextmanager
def bounded() -> Iterator[None]:
    """End what runs or grows too long meanwhile: `TooLongError`, `MemoryError`."""
    token, before = _ends.set(time.thread_time() + LONGEST), _soonest.set(time.perf_counter() + LONGEST)  # fmt: skip
    try:
        with limited(LONGEST, processor=True), bounded_memory():
            yield
    except Overdue:  # in one step, such as text made of lists in lists
        if time.thread_time() < _ends.get() - SLACK:
            raise
        where = rewrite_traceback_stack().__traceback__
        raise TooLongError(_too_long()).with_traceback(where) from None
    finally:
        _ends.reset(token)
        _soonest.reset(before)


def rendered(environment: Environment, layout: str, root: Path, given: dict[str, Any]) -> str:
    """Return what a layout makes of the values `given`.

    What a layout of the course in the folder `root` is to blame for is a `LayoutError`; any other
    fault is raised as it is.
    """
    try:
        with bounded():
            return environment.get_template(layout).render(given)
    except Exception as error:
        own = (root / "layouts").resolve()
        place = _place(error, own)
        if place is None:
            raise
        hint = _nearest(error, environment, given)
        raise LayoutError(_finding(error, place, own, hint)) from error


def _place(error: Exception, own: Path) -> tuple[Path, int] | None:
    """Return the course's layout and the line where an error arose, None where it had no part."""
    if isinstance(error, TemplateSyntaxError) and error.filename:
        path = Path(error.filename).resolve()
        return (path, error.lineno) if path.is_relative_to(own) else None
    found = None
    for frame, line in traceback.walk_tb(error.__traceback__):
        name = frame.f_code.co_filename
        if frame.f_code is _COMPILE:  # what is nested too deep has no line yet
            name, line = str(frame.f_locals.get("filename")), 1
        if name.startswith(str(own)) or Path(name).resolve().is_relative_to(own):
            found = Path(name).resolve(), line
    return found


def _finding(error: Exception, place: tuple[Path, int], own: Path, hint: str) -> Diagnostic:
    path, line = place
    try:
        source = path.read_text("utf-8", "replace").split("\n")[line - 1]
    except (OSError, IndexError):
        source = ""
    missing = isinstance(error, TemplateNotFound)
    quoted = [str(error)] if missing else re.findall(r"'([^']+)'", str(error))
    names = [n if missing else n.rpartition(".")[2] for n in reversed(quoted)]
    column = next((source.index(n) + 1 for n in names if n and n in source), 0)
    column = column or len(source) - len(source.lstrip()) + 1
    shown = f"layouts/{path.relative_to(own).as_posix()}"
    return Diagnostic("C324", _message(error), Span(shown, line, column), hint, source[:300])


def _message(error: Exception) -> str:
    if isinstance(error, MemoryError):
        return f"it takes more than {MOST_MEMORY // 1_000_000_000} GB of memory"
    if isinstance(error, RecursionError):
        return "it calls itself without an end, or is nested too deep"
    if isinstance(error, TemplateNotFound):
        return f'there is no layout "{error.message}"'
    text = str(error).split("\n")[0] or type(error).__name__
    text = re.sub(r"'(?:\w+\.)*(\w+) object'", r"'\1'", text).replace("'", '"')
    return text[:1].lower() + text[1:]


def _nearest(error: Exception, environment: Environment, given: dict[str, Any]) -> str:
    """Return the hint that names the nearest known name, or ""."""
    text = str(error)
    known: Iterable[str] = ()
    name = ""
    if isinstance(error, TemplateNotFound):
        name, known = str(error.message), environment.list_templates()
    elif found := re.search(r"'(\w+)' is undefined", text):
        name, known = found[1], (*given, *environment.globals)
    elif found := re.search(r"'([\w.]+) object' has no attribute '(\w+)'", text):
        name, known = found[2], _attributes(found[1])
    elif found := re.search(r"[Nn]o (filter|test) named '(\w+)'", text):
        name, known = found[2], environment.filters if found[1] == "filter" else environment.tests
    return did_you_mean(name, known) if name else ""


def _attributes(kind: str) -> list[str]:
    """Return the public attributes of a type, named as "module.Type"."""
    module, _, name = kind.rpartition(".")
    found: Callable[..., Any] | None = getattr(sys.modules.get(module), name, None)
    return [a for a in dir(found) if not a.startswith("_")] if found else []
