"""What workers share: imported once, in the process that they are forked from."""

from __future__ import annotations

import gc
import signal
from contextlib import suppress

# Ctrl-C reaches every process of a terminal; what it ends is decided where the build was started.
signal.signal(signal.SIGINT, signal.SIG_IGN)

# A library that cannot be loaded is the fault of the job that needs it, and told there.
with suppress(Exception):
    import courseware.build.run.worker
    import courseware.pdf.pages
    import courseware.pdf.writer  # noqa: F401
with suppress(Exception):
    import pptx  # noqa: F401

# What is here now is never collected, so that its pages of memory stay shared after the fork.
gc.collect()
gc.freeze()
