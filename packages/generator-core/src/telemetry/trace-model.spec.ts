import { expect, test } from 'vitest';
import { scriptedModel } from '../testing/scripted-model';
import { traceModel } from './trace-model';
import { traceRun } from './trace-run';
import type { TraceSpan, TracingApi } from './tracing';

interface Noted {
  readonly name: string;
  readonly kind: number | undefined;
  readonly parent: string | undefined;
  readonly attributes: Record<string, unknown>;
  status?: unknown;
  ended: number;
}

/** As much of OpenTelemetry as is used, with what was told to it. */
function tracing(): { readonly api: TracingApi; readonly spans: Noted[] } {
  const spans: Noted[] = [];
  const names = new Map<unknown, string>();
  let active: unknown;
  const api: TracingApi = {
    trace: {
      getTracer: () => ({
        startSpan: (name, options) => {
          const noted: Noted = { name, kind: options?.kind, parent: names.get(active), attributes: { ...options?.attributes }, ended: 0 };
          spans.push(noted);
          const span: TraceSpan = {
            setAttribute: (key, value) => void (noted.attributes[key] = value),
            setStatus: (status) => void (noted.status = status),
            end: () => void (noted.ended += 1),
          };
          names.set(span, name);
          return span;
        },
      }),
      setSpan: (_context, span) => span,
    },
    context: {
      active: () => active,
      with: (context, work) => {
        const before = active;
        active = context;
        const result = work();
        active = before;
        return result;
      },
    },
  };
  return { api, spans };
}

const request = { system: 'Rules.', messages: [{ role: 'user' as const, text: 'secret' }], maxOutputTokens: 10, seed: 1 };
const signal = new AbortController().signal;

test('a run and its calls, with what they took and without what was said', async () => {
  const { api, spans } = tracing();
  const model = traceModel(scriptedModel(['answer', { kind: 'unavailable', message: 'Down.' }]), { api, version: '1' });
  await traceRun({ api, version: '1', provider: 'scripted' }, async () => {
    const calls = [model.complete(request, { signal }), model.complete(request, { signal })];
    await Promise.all(calls);
  });
  const asked = {
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': 'scripted',
    'gen_ai.request.model': 'scripted-1',
    'gen_ai.request.max_tokens': 10,
    'gen_ai.request.seed': 1,
    'gen_ai.output.type': 'text',
  };
  expect(spans).toEqual([
    {
      name: 'invoke_agent fastapi-generator',
      kind: 0,
      parent: undefined,
      attributes: {
        'gen_ai.operation.name': 'invoke_agent',
        'gen_ai.agent.name': 'fastapi-generator',
        'gen_ai.agent.version': '1',
        'gen_ai.provider.name': 'scripted',
      },
      ended: 1,
    },
    {
      name: 'chat scripted-1',
      kind: 2,
      parent: 'invoke_agent fastapi-generator',
      attributes: {
        ...asked,
        'gen_ai.response.finish_reasons': ['STOP'],
        'gen_ai.usage.input_tokens': 1000,
        'gen_ai.usage.output_tokens': 2,
      },
      ended: 1,
    },
    {
      name: 'chat scripted-1',
      kind: 2,
      parent: 'invoke_agent fastapi-generator',
      attributes: { ...asked, 'error.type': 'unavailable' },
      status: { code: 2, message: 'Down.' },
      ended: 1,
    },
  ]);
});

test('the rest of the model is as it was', async () => {
  const model = traceModel(scriptedModel(['x']), { api: tracing().api, version: '1' });
  expect([model.id, model.provider, await model.verify(signal)]).toEqual(['scripted-1', 'scripted', undefined]);
});
