"""A plugin of pytest that tells failed tests and the end of the run, a line of JSON each.

The lines begin with the word in FASTAPI_TRIAL_MARK, which nobody can guess beforehand.
"""

import json
import os
import sys
from collections import Counter

_mark = os.environ.pop("FASTAPI_TRIAL_MARK")
_output = os.dup(sys.__stdout__.fileno())
_outcomes = Counter()


def _tell(line):
    os.write(_output, (_mark + json.dumps(line) + "\n").encode())


def pytest_collectreport(report):
    if report.failed:
        _tell({"name": report.nodeid, "text": report.longreprtext})


def pytest_runtest_logreport(report):
    if report.when == "call" or report.outcome != "passed":
        _outcomes[report.outcome] += 1
    if report.failed:
        logged = [text for title, text in report.sections if "log" in title]
        _tell({"name": report.nodeid, "text": "\n".join([report.longreprtext, *logged])})


def pytest_sessionfinish(session, exitstatus):
    _tell({"end": True, "code": int(exitstatus), "outcomes": dict(_outcomes)})
