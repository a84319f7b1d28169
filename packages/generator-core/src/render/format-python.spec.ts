import { expect, test } from 'vitest';
import { formatPython } from './format-python';

test('unused imports go, the rest is sorted and formatted', () => {
  const text = `from __future__ import annotations
import os
from app.b import x
import uuid
from typing import (Annotated, Any, TYPE_CHECKING)


if TYPE_CHECKING:
    from app.c import Y, Z
def f(a: Annotated[int, x], y: Y):
    return uuid.uuid4( )
`;
  expect(formatPython(text)).toBe(`from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Annotated

from app.b import x

if TYPE_CHECKING:
    from app.c import Y


def f(a: Annotated[int, x], y: Y):
    return uuid.uuid4()
`);
});

test('formatting what is formatted changes nothing', () => {
  const once = formatPython('import b\nimport a\nprint(a,b)\n');
  expect(formatPython(once)).toBe(once);
});

test('text that is not Python comes back as it is', () => {
  expect(formatPython('def (\n')).toBe('def (\n');
});

test('text that nests deeper than Python reads comes back as it is', () => {
  const depth = 100;
  const blocks = Array.from({ length: depth }, (_, level) => `${' '.repeat(level)}if a:\n`).join('');
  const text = `${blocks}${' '.repeat(depth)}pass\n`;
  expect(formatPython(text)).toBe(text);
});
