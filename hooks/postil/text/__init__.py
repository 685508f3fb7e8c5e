"""The text that a reader reads: HTML → reading text → the one place of a passage.

In: a rendered fragment and quotes. Out: spans in code points, or refusals; what no note touches. Pure.
"""
