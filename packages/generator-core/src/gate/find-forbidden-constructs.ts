import type { Diagnostic } from '@org/validator';
import type { Artifact } from '../plan/artifact';
import { diagnosticAt } from './diagnostic-at';
import { FORBIDDEN_CONSTRUCTS } from './forbidden-constructs.data';

/** What code that nobody has read may not hold, a diagnostic for each line. `text` is formatted, so that a construct stands on one line. */
export function findForbiddenConstructs({ path, phase }: Pick<Artifact, 'path' | 'phase'>, text: string): readonly Diagnostic[] {
  const constructs = FORBIDDEN_CONSTRUCTS.filter(
    ({ phases, exceptIn }) => (phases === undefined || phases.includes(phase)) && exceptIn?.includes(path) !== true,
  );
  return text.split('\n').flatMap((line, index) => {
    const found = constructs.find(({ pattern }) => pattern.test(line));
    return found === undefined
      ? []
      : [diagnosticAt(path, index + 1, 'forbidden-construct', `${found.message} (${line.trim().slice(0, 60)})`)];
  });
}
