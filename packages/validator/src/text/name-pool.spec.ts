import { expect, test } from 'vitest';
import { NamePool } from './name-pool';

test('gives what stands in the text, also when the pool has to grow and to begin again', () => {
  const names = Array.from({ length: 70_000 }, (_, index) => `name_${index % 9 === 0 ? 'é名' : ''}${index}`);
  const text = names.join(' ');
  const pool = new NamePool();
  for (let round = 0; round < 2; round += 1) {
    let start = 0;
    const cut = names.map((name) => {
      const found = pool.cut(text, start, start + name.length);
      start += name.length + 1;
      return found;
    });
    expect(cut).toEqual(names);
  }
});

test('gives nothing for nothing', () => {
  expect(new NamePool().cut('name', 2, 2)).toBe('');
});
