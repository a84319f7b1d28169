import { readPythonPins } from '@org/generator-core';
import type { LibraryName } from './library-name';

/** Both the newest release at the index and the one inside of uv itself are in it, so that uv needs no download to build. */
export const buildBackend = 'uv_build>=0.13.0,<0.14';

interface LibraryDescription extends LibraryName {
  readonly description: string;
  /** Relative to the workspace root. */
  readonly directory: string;
}

/** The files of a library by path: a package with one small module, and its test. */
export function libraryFiles(library: LibraryDescription): Readonly<Record<string, string>> {
  const { module } = library;
  return {
    'pyproject.toml': pyproject(library),
    'README.md': readme(library),
    '.gitignore': ignored(['.venv/', '__pycache__/', '*.py[cod]', '.mypy_cache/', '.pytest_cache/', '.ruff_cache/', 'dist/']),
    // An image of a service takes the folder as a build context of its own.
    '.dockerignore': ignored(['.venv', '**/__pycache__', '.*_cache', 'dist', 'tests']),
    [`src/${module}/__init__.py`]: `"""The package ${library.distribution}."""\n`,
    [`src/${module}/py.typed`]: '',
    [`src/${module}/slug.py`]: slug,
    'tests/test_slug.py': slugTest(module),
  };
}

function ignored(rows: readonly string[]): string {
  return `${rows.join('\n')}\n`;
}

function pyproject({ distribution, description }: LibraryDescription): string {
  return `[project]
name = "${distribution}"
version = "0.1.0"
description = ${JSON.stringify(description)}
readme = "README.md"
requires-python = ">=3.11"
dependencies = []

[dependency-groups]
dev = [
${['mypy', 'pytest', 'ruff'].map((name) => `    "${name}==${pinnedVersion(name)}",`).join('\n')}
]

[build-system]
requires = ["${buildBackend}"]
build-backend = "uv_build"

[tool.ruff]
line-length = 100
target-version = "py311"

[tool.ruff.lint]
select = ["E", "W", "F", "I", "B", "UP", "S", "ANN", "ASYNC", "DTZ", "PT", "TC", "SIM", "RET", "RUF"]

[tool.ruff.lint.per-file-ignores]
"tests/**" = ["S101"] # pytest's tests are assert statements

[tool.mypy]
strict = true
files = ["src", "tests"]

[tool.pytest.ini_options]
testpaths = ["tests"]
addopts = ["--import-mode=importlib"]
filterwarnings = ["error"]
`;
}

function pinnedVersion(name: string): string {
  const version = readPythonPins().packages[name]?.version;
  if (version === undefined) throw new Error(`No version of ${name} is pinned, and libraries are checked with it.`);
  return version;
}

function readme({ distribution, module, description, directory }: LibraryDescription): string {
  return `# ${distribution}

${description}

\`\`\`python
from ${module}.slug import make_slug

make_slug("Crème brûlée!")  # creme-brulee
\`\`\`

\`src/${module}/slug.py\` is there to show where code and tests go; put yours in its place.

## Using it

\`nx g @org/fastapi:library ${directory} --usedBy=NAME\` makes it a dependency of another project of the workspace, where it is installed from this folder:
a change of its code is there at once. After a change of the dependencies in \`pyproject.toml\`, lock each project that uses it anew: \`uv lock\` in its folder.

## Checks

\`\`\`sh
nx run ${distribution}:validate
nx run ${distribution}:test
nx run ${distribution}:typecheck
nx run ${distribution}:lint
\`\`\`
`;
}

const slug = `"""Slugs: what a title is called in an address."""

import re
import unicodedata

_GAPS = re.compile(r"[^a-z0-9]+")


def make_slug(title: str) -> str:
    """Make \`\`creme-brulee\`\` of \`\`Crème brûlée!\`\`; empty when no letter or digit is left."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    return _GAPS.sub("-", plain.lower()).strip("-")
`;

function slugTest(module: string): string {
  return `import pytest

from ${module}.slug import make_slug


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Crème brûlée!", "creme-brulee"),
        ("  Room 101 ", "room-101"),
        ("a--b__c", "a-b-c"),
        ("!?", ""),
    ],
)
def test_slug_of_title(title: str, expected: str) -> None:
    assert make_slug(title) == expected
`;
}
