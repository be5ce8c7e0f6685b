"""The only loop that tries again, and the gate all workers share; it decides when, never what is sent.

`clock` the time, handed in · `told` what Retry-After means · `gate` closed while the service says "later" ·
`pace` how many at once · `patience` how long and how often · `loop` the loop itself.

Every wait ends in upward jitter: never earlier than the service told, never all workers in the same instant.
Deadlines are monotonic: a wall clock that jumps moves nothing.
"""

from download_client.retry.clock import Clock, SystemClock
from download_client.retry.gate import ALARM, CONTENT, POLICIES, REPLAY, SEARCH, SIGN_IN, Gate
from download_client.retry.loop import again
from download_client.retry.pace import Pace
from download_client.retry.patience import Patience
from download_client.retry.told import LONGEST_TOLD, bounded, later, parse_retry_after

__all__ = [
    "ALARM",
    "CONTENT",
    "LONGEST_TOLD",
    "POLICIES",
    "REPLAY",
    "SEARCH",
    "SIGN_IN",
    "Clock",
    "Gate",
    "Pace",
    "Patience",
    "SystemClock",
    "again",
    "bounded",
    "later",
    "parse_retry_after",
]
