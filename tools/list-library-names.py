"""Writes what the modules of the pinned libraries and of the standard library bind, for the gate `unknown-library-name`.

Run it with the oldest Python that services take and the pinned packages installed, on Linux:
    PYTHON tools/list-library-names.py > packages/generator-core/pins/library-names.json
"""

import contextlib
import importlib
import importlib.metadata
import io
import json
import pkgutil
import sys
import warnings

# Module → distribution: what a service imports itself. Names are listed, too.
NAMED = {
    "fastapi": "fastapi",
    "jwt": "pyjwt",
    "pwdlib": "pwdlib",
    "pydantic": "pydantic",
    "pydantic_settings": "pydantic-settings",
    "sqlalchemy": "sqlalchemy",
    "starlette": "starlette",
}
# There to be run or to be drivers; of these only the modules are listed.
MODULES_ONLY = {
    "aiosqlite": "aiosqlite",
    "alembic": "alembic",
    "email_validator": "email-validator",
    "psycopg": "psycopg",
    "python_multipart": "python-multipart",
    "uvicorn": "uvicorn",
}
# Large, and no business of a service: known as modules, their names are not judged.
UNNAMED = (
    *("pydantic.v1", "pydantic.deprecated", "sqlalchemy.testing", "sqlalchemy.dialects.", "sqlalchemy.cyextension"),
    *("ctypes", "curses", "encodings", "ossaudiodev", "pydoc", "unittest", "xml", "xmlrpc", "wsgiref"),
)
# Importing these does something, or needs what servers do not have.
NOT_IMPORTED = {"antigravity", "this", "idlelib", "lib2to3", "turtledemo", "turtle", "tkinter", "test", "distutils", "ensurepip"}
# Modules whose `__getattr__` only loads lazily what `dir` tells anyway.
LAZY = {"pydantic", "starlette.status"}


def names_of(name: str) -> str | None:
    """Names bound by a module, sorted; None when they can be anything. Raises what the import raises."""
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        module = importlib.import_module(name)
    if "__getattr__" in vars(module) and name not in LAZY:
        return None
    return " ".join(sorted(each for each in dir(module) if not (each.startswith("__") and each.endswith("__"))))


def is_public(name: str) -> bool:
    return not any(part.startswith("_") for part in name.split("."))


def modules_below(top: str) -> list[str]:
    try:
        path = getattr(importlib.import_module(top), "__path__", None)
    except ImportError:  # of another system
        return []
    below = pkgutil.walk_packages(path, f"{top}.", onerror=lambda _name: None) if path else ()
    return [top, *(each.name for each in below)]


def list_modules(tops: list[str], has_names: bool) -> dict[str, str | None]:
    listed: dict[str, str | None] = {}
    for name in (each for top in tops for each in modules_below(top)):
        try:
            names = names_of(name)
        except BaseException:  # what cannot be imported here cannot be imported by a service
            continue
        listed[name] = names if has_names and is_public(name) and not name.startswith(UNNAMED) else None
    return listed


def main() -> None:
    warnings.simplefilter("ignore")
    standard = sorted(each for each in sys.stdlib_module_names if is_public(each) and each not in NOT_IMPORTED)
    modules = {
        **dict.fromkeys(sorted(sys.stdlib_module_names)),
        **list_modules(standard, has_names=True),
        **list_modules(list(MODULES_ONLY), has_names=False),
        **list_modules(list(NAMED), has_names=True),
    }
    versions = {each: importlib.metadata.version(each) for each in [*NAMED.values(), *MODULES_ONLY.values()]}
    python = ".".join(map(str, sys.version_info[:2]))
    json.dump({"python": python, "versions": versions, "modules": dict(sorted(modules.items()))}, sys.stdout, indent=1)
    print()


main()
