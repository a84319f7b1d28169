import { expect, test } from 'vitest';
import { sampleArtifact } from '../testing/sample-artifact';
import { buildFileGraph } from './build-file-graph';
import { generationOrder } from './generation-order';

test('one edge: what is needed comes first', () => {
  const graph = buildFileGraph([sampleArtifact('a_user.py', { needs: ['z_database.py'] }), sampleArtifact('z_database.py')]);
  expect(generationOrder(graph)).toEqual([['z_database.py'], ['a_user.py']]);
});

test('the other way round: names have no say', () => {
  const graph = buildFileGraph([sampleArtifact('z_user.py', { needs: ['a_database.py'] }), sampleArtifact('a_database.py')]);
  expect(generationOrder(graph)).toEqual([['a_database.py'], ['z_user.py']]);
});

test('files that need each other are one batch, between what they need and what needs them', () => {
  const graph = buildFileGraph([
    sampleArtifact('router.py', { needs: ['book.py'] }),
    sampleArtifact('book.py', { needs: ['author.py', 'base.py'] }),
    sampleArtifact('author.py', { needs: ['book.py', 'base.py'] }),
    sampleArtifact('base.py'),
  ]);
  expect(generationOrder(graph)).toEqual([['base.py'], ['author.py', 'book.py'], ['router.py']]);
});

test('the order of the artifacts has no say', () => {
  const artifacts = Array.from({ length: 60 }, (_, index) =>
    sampleArtifact(`file${index}.py`, { needs: [`file${(index * 7 + 1) % 60}.py`, `file${Math.floor(index / 2)}.py`] }),
  );
  const forwards = generationOrder(buildFileGraph(artifacts));
  const backwards = generationOrder(buildFileGraph([...artifacts].reverse()));
  expect(backwards).toEqual(forwards);
});

test('a chain of 10,000 files does not overflow and comes out in order', () => {
  const name = (index: number) => `file${String(index).padStart(5, '0')}.py`;
  const artifacts = Array.from({ length: 10_000 }, (_, index) =>
    sampleArtifact(name(index), { needs: index + 1 < 10_000 ? [name(index + 1)] : [] }),
  );
  const expected = Array.from({ length: 10_000 }, (_, index) => [name(9_999 - index)]);
  expect(generationOrder(buildFileGraph(artifacts))).toEqual(expected);
});
