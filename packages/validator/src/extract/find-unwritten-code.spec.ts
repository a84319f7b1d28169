import { expect, test } from 'vitest';
import { findUnwrittenCode } from './find-unwritten-code';

function found(text: string): readonly string[] {
  return findUnwrittenCode(text).map(({ kind, what }) => `${kind}: ${what}`);
}

test.each([
  '# ... rest of the code',
  '# ...',
  '# (existing code unchanged)',
  '# existing methods remain the same',
  '# remaining fields here',
  '# rest of the file stays the same',
  '# omitted for brevity',
  '# same as before',
  '# TODO: check the stock',
  '# your code here',
  '# implement this',
  '# Placeholder',
  '# In a real application, you would hash it',
  '# For now, just return the first',
])('%s stands for code', (comment) => {
  expect(found(`x = 1\n${comment}\n`)).toEqual([`elision: ${comment}`]);
});

test.each([
  '# What is left of the stock, and nothing else.',
  '# The rest is zero.',
  '# Rows already there stay as they are.',
  '# noqa: B006',
  '# The same connection for all tests.',
])('%s is a comment', (comment) => {
  expect(found(`x = 1\n${comment}\n`)).toEqual([]);
});

test('a hash in a text is no comment', () => {
  expect(found('x = "# ... rest of the code"\n')).toEqual([]);
});

test('functions that do nothing, but not those that need not', () => {
  const text = `from abc import ABC, abstractmethod
from typing import Protocol, overload
async def pay(order):
    """Pay it."""
    raise NotImplementedError
class A:
    def run(self): ...
    def stop(self):
        pass
    def __exit__(self, *args):
        pass
    def works(self):
        return None
class P(Protocol):
    def run(self): ...
class B(ABC):
    @abstractmethod
    def run(self): ...
@overload
def f(a: int) -> int: ...
def f(a):
    return a
`;
  expect(found(text)).toEqual(['stub: pay', 'stub: run', 'stub: stop']);
});
