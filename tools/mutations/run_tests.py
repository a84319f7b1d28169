"""Runs pytest as often as it is asked, each time in a fork of this process.

The fork has what services import: to import it takes longer than most runs. A line on stdin is
`{"folder": …, "words": […], "output": FILE}`, the answer is a line with pytest's exit code.
"""

import importlib
import json
import os
import signal
import sys

IMPORTED = (
    "aiosqlite",
    "alembic.command",
    "email_validator",
    "fastapi",
    "httpx2",
    "jwt",
    "psycopg",
    "pwdlib.hashers.argon2",
    "pydantic_settings",
    "pytest",
    "sqlalchemy.dialects.sqlite.aiosqlite",
    "sqlalchemy.ext.asyncio",
)
LONGEST_RUN = 600  # seconds


def run_pytest(folder, words, output):
    os.chdir(folder)
    sys.path.insert(0, folder)
    target = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(target, 1)
    os.dup2(target, 2)
    signal.alarm(LONGEST_RUN)
    import pytest

    status = int(pytest.main(words))
    sys.stdout.flush()
    sys.stderr.flush()
    return status


for name in IMPORTED:
    try:
        importlib.import_module(name)
    except ImportError:
        pass  # a service without sign-in has no use for it

for line in sys.stdin:
    job = json.loads(line)
    child = os.fork()
    if child == 0:
        os._exit(run_pytest(job["folder"], job["words"], job["output"]))
    _, status = os.waitpid(child, 0)
    print(os.waitstatus_to_exitcode(status), flush=True)
