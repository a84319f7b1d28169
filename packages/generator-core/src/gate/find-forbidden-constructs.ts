import type { Diagnostic } from '@org/validator';
import type { Artifact } from '../plan/artifact';
import { diagnosticAt } from './diagnostic-at';
import { FORBIDDEN_CONSTRUCTS, type ForbiddenConstruct } from './forbidden-constructs.data';

/**
 * What code that nobody has read may not hold, a diagnostic for each line. `text` is formatted, so that a construct stands on one line.
 * What the template's own file holds, the same file of a model may hold, too: log-in has to commit before it refuses.
 */
export function findForbiddenConstructs(
  { path, phase }: Pick<Artifact, 'path' | 'phase'>,
  text: string,
  templateText = '',
): readonly Diagnostic[] {
  const template = templateText.split('\n');
  const isNeeded = ({ pattern, isTemplateMark }: ForbiddenConstruct): boolean =>
    isTemplateMark !== true && template.some((line) => pattern.test(line));
  const constructs = FORBIDDEN_CONSTRUCTS.filter((each) => (each.phases === undefined || each.phases.includes(phase)) && !isNeeded(each));
  return text.split('\n').flatMap((line, index) => {
    const found = constructs.find(({ pattern }) => pattern.test(line));
    return found === undefined
      ? []
      : [diagnosticAt(path, index + 1, 'forbidden-construct', `${found.message} (${line.trim().slice(0, 60)})`)];
  });
}
