import { defineRule } from './define-rule';

export const syntaxError = defineRule(
  {
    id: 'syntax-error',
    since: '0.1.0',
    severity: 'error',
    summary: 'Python cannot read the file.',
    why: 'A file that does not parse cannot be imported, and neither can anything that imports it.',
    whatToDo: 'Mend the place named; other checks of the file run once it parses.',
    examples: [{ bad: 'def f()\n    return 1', good: 'def f():\n    return 1' }],
  },
  ({ summary }) =>
    summary.syntaxFaults.map(({ span, message, certain }) => ({ span, message, certainty: certain ? 'certain' : 'possible' })),
);
