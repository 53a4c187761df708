"""What is changed of the layout engine so that it takes less time, one table; the result is the same.

`COURSEWARE_PLAIN=1` turns all of it off.
"""
