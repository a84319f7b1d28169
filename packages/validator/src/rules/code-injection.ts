import { defineFlowRule } from './define-flow-rule';

export const codeInjection = defineFlowRule(
  {
    id: 'code-injection',
    since: '0.3.0',
    severity: 'error',
    summary: 'Request data is run as Python.',
    why: 'Whoever sends the request can do whatever the service can.',
    whatToDo: 'Parse the value (`json.loads`, `ast.literal_eval`), or choose from a fixed table.',
    security: { cwe: 94, severity: 9.8 },
    examples: [
      {
        bad: '@app.get("/compute")\ndef compute(formula: str):\n    return eval(formula)',
        good: '@app.get("/compute")\ndef compute(value: float):\n    return value * 2',
      },
    ],
  },
  'code',
  'a client can run Python.',
);
