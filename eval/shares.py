"""Shares with their uncertainty."""

import math


def interval(hits: int, total: int) -> tuple[float, float]:
    """The 95 % Wilson interval of a share, both ends from 0 to 1."""
    if not total:
        return 0.0, 1.0
    z = 1.96
    share = hits / total
    middle = share + z * z / (2 * total)
    spread = z * math.sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    scaled = 1 + z * z / total
    low = max(0.0, (middle - spread) / scaled) if hits else 0.0
    return low, min(1.0, (middle + spread) / scaled)
