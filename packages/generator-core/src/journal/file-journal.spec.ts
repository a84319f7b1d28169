import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { UNKNOWN_USAGE, type Completion } from '../model/completion';
import { openFileJournal } from './file-journal';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'journal-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const completion = (text: string): Completion => ({
  text,
  finishReason: { unified: 'stop', raw: 'STOP' },
  usage: UNKNOWN_USAGE,
  modelVersion: undefined,
});
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

test('what was appended is found by the next run', () => {
  const file = join(folder, 'state', 'journal.jsonl');
  const journal = openFileJournal(file);
  expect(journal.find('a')).toBeUndefined();
  journal.append({ hash: 'a', path: 'app/a.py', completion: completion('one') });
  expect(journal.find('a')).toEqual(completion('one'));
  expect(plain(openFileJournal(file).find('a'))).toEqual(plain(completion('one')));
});

test('a line that was cut short costs that line and no other', () => {
  const file = join(folder, 'journal.jsonl');
  const journal = openFileJournal(file);
  journal.append({ hash: 'a', path: 'app/a.py', completion: completion('one') });
  journal.append({ hash: 'b', path: 'app/b.py', completion: completion('two') });
  const text = readFileSync(file, 'utf8');
  for (let length = 0; length <= text.length; length += 1) {
    writeFileSync(file, text.slice(0, length));
    const cut = openFileJournal(file);
    cut.append({ hash: 'c', path: 'app/c.py', completion: completion('three') });
    const again = openFileJournal(file);
    expect(again.find('c')?.text).toBe('three');
    const whole = text
      .slice(0, length)
      .split('\n')
      .filter((line) => line.endsWith('}}'));
    expect(['a', 'b'].filter((hash) => again.find(hash) !== undefined).length).toBe(
      whole.filter((line) => text.split('\n').includes(line)).length,
    );
  }
});

test('a journal that cannot be read is said', () => {
  expect(() => openFileJournal(folder)).toThrow('EISDIR');
});
