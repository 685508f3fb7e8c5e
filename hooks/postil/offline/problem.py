"""Why a copy could not be made."""

from __future__ import annotations


class OfflineError(Exception):
    """What the author is told: what is wrong, and what would mend it."""
