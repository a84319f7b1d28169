import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';
import type { FileChange } from '../../adapters/transaction/file-change';

/** What a run would change, as `git diff` shows it. What the generator keeps for itself in `.fastapi` is left out: it says the same once more. */
export function describeDifferences(changes: readonly FileChange[]): string {
  return changes
    .filter(({ path }) => !path.includes('/.fastapi/'))
    .map(differenceOf)
    .join('');
}

function differenceOf({ path, before, after }: FileChange): string {
  return createTwoFilesPatch(
    before === undefined ? '/dev/null' : `a/${path}`,
    after === undefined ? '/dev/null' : `b/${path}`,
    before?.toString('utf8') ?? '',
    after?.toString('utf8') ?? '',
    undefined,
    undefined,
    { context: 3, headerOptions: FILE_HEADERS_ONLY },
  );
}
