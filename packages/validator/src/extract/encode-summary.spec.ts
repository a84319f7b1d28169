import { expect, test } from 'vitest';
import { decodeSummary } from './decode-summary';
import { encodeSummary } from './encode-summary';
import { extractSummary } from './extract-summary';

const TEXT = `import os
from app.core import config as settings, missing
__all__ = ["make"]

class User:
    name: str = "x"
    def greet(self, *names: str) -> str:
        return os.path.join(settings.root, *names)

def make(count, /, *, size=3):
    try:
        return undefined_name(count)
    except:
        raise

made = make(1, size=2)
`;

test('a summary comes back as it was', () => {
  const summary = extractSummary(TEXT, { major: 3, minor: 12 });
  expect(decodeSummary(encodeSummary(summary), TEXT)).toEqual(summary);
});
