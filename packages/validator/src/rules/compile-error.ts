import { defineRule } from './define-rule';

export const compileError = defineRule(
  {
    id: 'compile-error',
    since: '0.1.0',
    severity: 'error',
    summary: 'The file parses, but Python refuses to compile it.',
    why: 'Python checks where `return`, `await`, `break` and others stand only after parsing; the import fails with a SyntaxError all the same.',
    whatToDo: 'Move or remove the statement named.',
    examples: [{ bad: 'def load():\n    await fetch()', good: 'async def load():\n    await fetch()' }],
  },
  ({ summary }) => summary.compileFaults.map(({ span, message }) => ({ span, message })),
);
