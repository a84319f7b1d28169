"""A few generated requests for each operation of the service in this folder, with a fixed seed; every check of schemathesis that one viewer can judge."""

import asyncio
import importlib
import logging
import os
import secrets
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, ".")
database = Path(tempfile.mkdtemp()) / "smoke.db"
os.environ.setdefault("DATABASE_URL", f"sqlite+aiosqlite:///{database}")
os.environ["ENVIRONMENT"] = "test"
os.environ["AUTH_REQUESTS_PER_MINUTE"] = "1000000"
os.environ["SECRET_KEY"] = secrets.token_urlsafe(32)

import schemathesis  # noqa: E402
from alembic import command  # noqa: E402
from alembic.config import Config  # noqa: E402
from hypothesis import HealthCheck, given, seed, settings  # noqa: E402
from hypothesis.errors import Unsatisfiable  # noqa: E402

command.upgrade(Config("alembic.ini"), "head")
user_module, user_class, role, examples = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])

from app.core.database import get_engine, get_session_factory  # noqa: E402
from app.main import create_app  # noqa: E402


async def token() -> str:
    """Of a new user with the greatest role."""
    factories = importlib.import_module("tests.factories")
    security = importlib.import_module("app.core.security")
    given_role = {"role": importlib.import_module("app.models.enums").Role(role)} if role else {}
    async with get_session_factory()() as session:
        user = await getattr(factories, f"make_{user_module}")(session, **given_role)
        made: str = security.create_access_token(user)
    await get_engine().dispose()
    return made


headers = {"Authorization": f"Bearer {asyncio.run(token())}"} if user_module else {}
get_engine.cache_clear()
get_session_factory.cache_clear()
schema = schemathesis.openapi.from_asgi("/openapi.json", create_app())
# Those need several viewers or requests, or refuse what a format of JSON Schema cannot say (addresses of reserved domains).
left_out = [
    check
    for name in ("ignored_auth", "use_after_free", "ensure_resource_availability", "positive_data_acceptance")
    if (check := getattr(schemathesis.checks, name, None)) is not None
]
logging.disable(logging.CRITICAL)
failures = []
count = 0
for result in schema.get_all_operations():
    operation = result.ok()

    @seed(1)
    @settings(max_examples=examples, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy())
    def call(case: schemathesis.Case) -> None:
        global count
        count += 1
        response = case.call(headers=headers)
        # What an operation does is written by hand.
        if response.status_code != 501:
            case.validate_response(response, excluded_checks=left_out)

    try:
        call()
    except Unsatisfiable:
        continue
    except BaseException as error:  # groups of failures, too
        if isinstance(error, KeyboardInterrupt):
            raise
        shown = error.exceptions if isinstance(error, BaseExceptionGroup) else [error]
        failures.append("\n".join([operation.label, *(f"{one!s:.1500}" for one in shown)]))
print("\n\n".join(failures[:3]))
print(f"{count} requests, {len(failures)} operations with failures")
sys.exit(1 if failures else 0)
