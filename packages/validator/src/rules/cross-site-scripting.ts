import { defineFlowRule } from './define-flow-rule';

export const crossSiteScripting = defineFlowRule(
  {
    id: 'cross-site-scripting',
    since: '0.3.0',
    severity: 'error',
    summary: 'Request data is put into a page as it is.',
    why: 'Markup in the value runs as a script in the browser of whoever opens the page.',
    whatToDo: 'Use a template that escapes, or `html.escape`.',
    security: { cwe: 79, severity: 6.1 },
    examples: [
      {
        bad: '@app.get("/hello")\ndef hello(name: str):\n    return HTMLResponse(f"<h1>{name}</h1>")',
        good: '@app.get("/hello")\ndef hello(name: str):\n    return HTMLResponse(f"<h1>{html.escape(name)}</h1>")',
      },
    ],
  },
  'html',
  'a client can put scripts into the page.',
);
