"""What holds for tests of builds."""

from __future__ import annotations

import signal

# What is started in the background, as CI may be, ignores Ctrl-C, and so does all that it starts;
# the tests of Ctrl-C are of programs in the foreground.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
