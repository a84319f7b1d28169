import { expect, test } from 'vitest';
import { formatExplanations } from './format-explanations';

test('each artifact has its reason, made ones first', () => {
  expect(
    formatExplanations([
      { kind: 'kept', path: 'app/main.py', because: 'same' },
      { kind: 'made', path: 'app/models/book.py', because: 'spec' },
      { kind: 'made', path: 'app/models/author.py', because: 'needs', needs: ['app/models/book.py'] },
    ]),
  ).toBe(
    [
      'made 2 of 3',
      '  made app/models/book.py: its part of the spec is another',
      '  made app/models/author.py: what it uses of app/models/book.py is another',
      '  kept app/main.py: it would be made from the same',
    ].join('\n'),
  );
});
