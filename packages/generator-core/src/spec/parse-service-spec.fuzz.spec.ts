import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { chances } from '../testing/chances';
import { formatSpecFaults } from './format-spec-faults';
import { parseServiceSpec } from './parse-service-spec';

const examples = ['todo', 'bookstore', 'tracker'].map((name) =>
  readFileSync(join(__dirname, '../../../../examples', `${name}.yaml`), 'utf8'),
);
const fragments = [
  '{',
  '}',
  '[',
  ']',
  ':',
  ',',
  '?',
  '"',
  "'",
  '|',
  '&a ',
  '*a',
  '!t ',
  '- ',
  '\n',
  '\t',
  '#',
  '=',
  '$',
  '..',
  '(',
  ')',
  'null',
  '0',
  '-1',
  'true',
  '__proto__',
  'constructor',
  'User',
  'owner',
  '\u0000',
  '\ud800',
  '<<',
];

function mutate(text: string, random: () => number): string {
  const below = (limit: number) => Math.floor(random() * limit);
  const start = below(text.length);
  const end = Math.min(text.length, start + below(12));
  const words = text.match(/\w+/g) ?? [];
  switch (below(5)) {
    case 0:
      return text.slice(0, start) + text.slice(end);
    case 1:
      return text.slice(0, start) + (fragments[below(fragments.length)] ?? '') + text.slice(start);
    case 2:
      return text.slice(0, start) + text.slice(start).replace(/\w+/, words[below(words.length)] ?? '');
    case 3: {
      const lines = text.split('\n');
      lines.splice(below(lines.length), 1);
      return lines.join('\n');
    }
    default: {
      const lines = text.split('\n');
      lines.splice(below(lines.length), 0, lines[below(lines.length)] ?? '');
      return lines.join('\n');
    }
  }
}

describe('parseServiceSpec never throws', () => {
  test.each([1, 2, 3, 4])('on edited examples, seed %i', (seed) => {
    const random = chances(seed);
    for (let round = 0; round < 60; round += 1) {
      let text = examples[Math.floor(random() * examples.length)] ?? '';
      for (let edit = Math.ceil(random() * 6); edit > 0; edit -= 1) text = mutate(text, random);
      const reading = parseServiceSpec(text);
      if (reading.kind === 'read') continue;
      expect(reading.faults.length).toBeGreaterThan(0);
      for (const { line, column, message, mend } of reading.faults) {
        expect({ line: line >= 1, column: column >= 1, message: message !== '', mend: mend !== '' }).toEqual({
          line: true,
          column: true,
          message: true,
          mend: true,
        });
      }
      expect(formatSpecFaults(reading.faults, 'service.yaml')).toMatch(/faults? in the spec\.$/);
    }
  });
});
