import { defineFlowRule } from './define-flow-rule';

export const serverSideRequestForgery = defineFlowRule(
  {
    id: 'server-side-request-forgery',
    since: '0.3.0',
    severity: 'error',
    summary: 'Request data chooses which server the service asks.',
    why: 'Whoever sends the request reaches what only the service can reach: internal services, metadata of the cloud, local files.',
    whatToDo: 'Compare the host with a list of allowed ones, or put the value behind a fixed host.',
    security: { cwe: 918, severity: 8.6 },
    examples: [
      {
        bad: '@app.get("/preview")\ndef preview(url: str):\n    return httpx.get(url).text',
        good: '@app.get("/preview")\ndef preview(url: str):\n    if urlparse(url).hostname not in ALLOWED_HOSTS:\n        raise HTTPException(400)\n    return httpx.get(url).text',
      },
    ],
  },
  'url',
  'a client can choose the server.',
);
