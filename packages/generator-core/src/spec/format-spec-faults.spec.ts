import { expect, test } from 'vitest';
import { formatSpecFaults } from './format-spec-faults';

test('a block for each fault and the count', () => {
  const fault = {
    line: 12,
    column: 7,
    place: 'entities.Book.relations.author',
    code: 'unknown-entity',
    message: 'there is no entity "Auther".',
    mend: 'did you mean "Author"?',
  };
  expect(formatSpecFaults([fault, { ...fault, line: 14, place: '' }], 'service.yaml')).toBe(
    [
      'service.yaml:12:7  entities.Book.relations.author: there is no entity "Auther".',
      '    did you mean "Author"?',
      'service.yaml:14:7  there is no entity "Auther".',
      '    did you mean "Author"?',
      '2 faults in the spec.',
    ].join('\n'),
  );
});
