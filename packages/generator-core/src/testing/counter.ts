/** The smallest service with something for a model to write. */
export const counterSpec = `service: counter
defaults: { id: int, timestamps: false }
entities:
  Counter:
    fields: { label: string(1..20), value: int = 0 }
    access: { read: public, write: public }
operations:
  raise_counter:
    route: POST /counters/{counter_id}/raise
    access: public
    input: { by: int min=1 }
    output: Counter
    describe: Adds to the value of the counter.
`;

/** A right text for its operation, `app/services/raise_counter.py`. */
export const counterOperation = `"""The operation raise_counter: POST /counters/{counter_id}/raise."""

from sqlalchemy.ext.asyncio import AsyncSession

from app.models.counter import Counter
from app.schemas.raise_counter import RaiseCounterInput


async def raise_counter(
    session: AsyncSession, counter: Counter, data: RaiseCounterInput
) -> Counter:
    """Add to the value of the counter."""
    counter.value += data.by
    await session.flush()
    return counter
`;
