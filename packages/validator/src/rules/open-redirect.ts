import { defineFlowRule } from './define-flow-rule';

export const openRedirect = defineFlowRule(
  {
    id: 'open-redirect',
    since: '0.3.0',
    severity: 'error',
    summary: 'Request data chooses where the browser is sent.',
    why: 'A link to the service can lead to a site that only looks like it.',
    whatToDo: 'Redirect to a path of the service, or compare the host with a list of allowed ones.',
    security: { cwe: 601, severity: 6.1 },
    examples: [
      {
        bad: '@app.get("/login")\ndef login(next: str):\n    return RedirectResponse(next)',
        good: '@app.get("/login")\ndef login(next: str):\n    if next not in PAGES:\n        next = "/"\n    return RedirectResponse(next)',
      },
    ],
  },
  'redirect',
  'a client can be sent to any site.',
);
