"""Products that cannot be made here, because a library is of another version."""

from __future__ import annotations

from collections.abc import Iterable

from courseware.diagnostics import Diagnostic, Span
from courseware.products.table import PRODUCTS, VARIANTS, Product
from courseware.versions import Other, mend

_KINDS = {"pdf": {"pdf"}, "pptx": {"pptx"}, "pptx-plain": {"pptx"}}
"""Kinds of files that a writer's products are; those of a deck as PDF are both."""


def makeable(
    names: tuple[str, ...], others: tuple[Other, ...]
) -> tuple[tuple[str, ...], tuple[Diagnostic, ...]]:
    """Return which of the products named, or of all, can be made, and a finding for each library.

    Products that another's pages are cited in need what that needs.
    """
    wanted = names or tuple(PRODUCTS)
    stopped = {other: [n for n in wanted if _needs(n, other)] for other in others}
    found = tuple(_told(other, unmade) for other, unmade in stopped.items() if unmade)
    return tuple(n for n in wanted if not any(n in unmade for unmade in stopped.values())), found


def _needs(name: str, other: Other) -> bool:
    kinds = other.bound.kinds
    return not kinds or bool(kinds & _kinds({**PRODUCTS, **VARIANTS}[name]))


def _kinds(product: Product) -> set[str]:
    cited: Iterable[Product] = (PRODUCTS[name] for name in product.cites if name in PRODUCTS)
    own = _KINDS.get(product.writer, {"pdf", "pptx"})
    return own.union(*map(_kinds, cited))


def _told(other: Other, unmade: list[str]) -> Diagnostic:
    bound = other.bound
    message = (
        f"{bound.library} {other.version} is installed; with it no {', '.join(unmade)} can be made:"
        f" this needs {bound.least} or newer, older than {bound.below}"
    )
    return Diagnostic("C306", message, Span(other.place, 0, 0), f"install it: {mend((other,))}")
