"""Ready journeys: graphs with copy in both languages, to begin from and to learn by.

`READY` is what there is. Using one writes its messages in the reader's language and makes a draft,
which is then the brand's own.
"""

from collections.abc import Mapping
from types import MappingProxyType

from yutang.journeys.library.buyers import BUYERS
from yutang.journeys.library.members import MEMBERS
from yutang.journeys.library.newcomers import NEWCOMERS
from yutang.journeys.library.ready import Copy, Ready, filled, shown

__all__ = ["READY", "Copy", "Ready", "filled", "shown"]

READY: Mapping[str, Ready] = MappingProxyType(
    {each.name: each for each in (*NEWCOMERS, *BUYERS, *MEMBERS)}
)
