import type { LoadFailure } from '../graph/load-simulation';
import { defineRule } from './define-rule';
import type { Report, RuleContext } from './rule';

export const importCycle = defineRule(
  {
    id: 'import-cycle',
    since: '0.1.0',
    severity: 'error',
    summary: 'Modules import each other, and a name is asked for before it is bound.',
    why: 'Python runs the first module half-way, so a name it binds later is missing when the second asks for it.',
    whatToDo: 'Import inside the function that needs the name, or move the shared part to a third module.',
    examples: [
      {
        bad: '# a.py\nfrom b import y\nx = 1\n# b.py\nfrom a import x\ny = 1',
        good: '# b.py\ndef use():\n    from a import x\n    return x',
      },
    ],
  },
  () => [],
  (context, failures) => failures.map((failure) => reportFailure(failure, context)),
);

function reportFailure({ span, target, name, chain, certain }: LoadFailure, { moduleOf, lineIn }: RuleContext): Report {
  const steps = chain.map(({ path, offset }) => `${moduleOf(path)} (line ${lineIn(path, offset)})`).join(' → ');
  return {
    span,
    message: `Import cycle: \`${moduleOf(target)}\` is still loading and has not bound \`${name}\` yet: ${steps}. Import it inside the function that needs it, or move the shared part to a third module.`,
    certainty: certain ? 'certain' : 'possible',
    data: { name, target: moduleOf(target), cycle: chain.map(({ path }) => moduleOf(path)) },
  };
}
