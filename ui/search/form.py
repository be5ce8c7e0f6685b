"""What the search panel holds, as a value, and the criteria it means at a moment; it knows no widget.

Nothing is lost on the way from criteria to a form and back. A period in words means another span each time.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, tzinfo

from download_client.model import Criteria
from ui.search.periods import Period, Span, period_of, span_of


@dataclass(frozen=True, slots=True)
class Form:
    """`span` counts for `Period.CUSTOM` alone; `rest` are the criteria without from and to."""

    period: Period = Period.LAST_24_HOURS
    span: Span = (None, None)
    rest: Criteria = field(default_factory=Criteria)

    @classmethod
    def of(cls, criteria: Criteria, zone: tzinfo, *, now: datetime) -> Form:
        """The form that means these criteria now, in words if there are any."""
        span = (criteria.from_time, criteria.to_time)
        period = period_of(span, zone, now=now)
        rest = replace(criteria, from_time=None, to_time=None)
        return cls(period, span if period is Period.CUSTOM else (None, None), rest)

    def criteria(self, zone: tzinfo, *, now: datetime) -> Criteria:
        """What it means now.

        Raises:
            InvalidCriteria: a period that ends before it begins.

        """
        span = self.span if self.period is Period.CUSTOM else span_of(self.period, zone, now=now)
        return replace(self.rest, from_time=span[0], to_time=span[1])
