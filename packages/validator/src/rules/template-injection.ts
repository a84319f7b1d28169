import { defineFlowRule } from './define-flow-rule';

export const templateInjection = defineFlowRule(
  {
    id: 'template-injection',
    since: '0.3.0',
    severity: 'error',
    summary: 'Request data is used as the text of a template.',
    why: 'A template can run Python: whoever sends the request can do whatever the service can.',
    whatToDo: 'Keep templates in files and pass the value as a variable.',
    security: { cwe: 1336, severity: 9.8 },
    examples: [
      {
        bad: '@app.post("/render")\ndef render(text: Annotated[str, Body()]):\n    return jinja2.Template(text).render()',
        good: '@app.post("/render")\ndef render(text: Annotated[str, Body()]):\n    return PAGE.render(text=text)',
      },
    ],
  },
  'template',
  'a client can run code in the template.',
);
