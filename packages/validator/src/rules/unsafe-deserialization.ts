import { defineFlowRule } from './define-flow-rule';

export const unsafeDeserialization = defineFlowRule(
  {
    id: 'unsafe-deserialization',
    since: '0.3.0',
    severity: 'error',
    summary: 'Request data is read with a format that can run code.',
    why: '`pickle`, `marshal` and full YAML make any object: whoever sends the request can run code.',
    whatToDo: 'Use JSON, a Pydantic model, or `yaml.safe_load`.',
    security: { cwe: 502, severity: 9.8 },
    examples: [
      {
        bad: '@app.post("/load")\nasync def load(request: Request):\n    return pickle.loads(await request.body())',
        good: '@app.post("/load")\nasync def load(item: Item):\n    return item',
      },
    ],
  },
  'deserialization',
  'a client can run code while it is read.',
);
