"""What contributions worded alike look like from counts alone; a person decides what they are."""

from __future__ import annotations

from enum import StrEnum

#: From so many senders on, the same long text was handed round.
CAMPAIGN_SENDERS = 3


class Likeness(StrEnum):
    """Why texts are alike, as far as counts tell."""

    SAME_SENDER = "same-sender"
    FEW_SENDERS = "few-senders"
    CAMPAIGN = "campaign"


def likeness(senders: int) -> Likeness:
    """Return what a group of at least two texts of so many senders looks like; a person decides."""
    if senders < 2:
        return Likeness.SAME_SENDER
    return Likeness.CAMPAIGN if senders >= CAMPAIGN_SENDERS else Likeness.FEW_SENDERS
