import type { FunctionFacts } from '../extract/service/service-facts';
import { ofRoutes, onePerHandler } from '../graph/service/of-routes';
import type { Route } from '../graph/service/service-model';
import { defineServiceRule } from './define-service-rule';
import type { PlacedReport, ServiceContext } from './rule';

const BLOCKING =
  /^(time\.sleep|requests\.(get|post|put|patch|delete|head|options|request)|subprocess\.(run|call|check_call|check_output)|urllib\.request\.urlopen|os\.system)$/;

export const blockingCallInAsyncRoute = defineServiceRule(
  {
    id: 'blocking-call-in-async-route',
    since: '0.2.0',
    severity: 'error',
    summary: 'An `async def` route calls something that blocks.',
    why: 'Asynchronous routes share one thread: until the call returns, the service answers nobody.',
    whatToDo: 'Await an asynchronous equivalent, hand the call to `asyncio.to_thread`, or write the route with plain `def`.',
    examples: [
      {
        bad: '@app.get("/")\nasync def read():\n    time.sleep(1)',
        good: '@app.get("/")\nasync def read():\n    await asyncio.sleep(1)',
      },
    ],
  },
  (context) => {
    const { index, model } = context;
    const read = ({ handler, handlerPath }: Route): readonly PlacedReport[] =>
      handler?.isAsync === true ? reportHandler(handlerPath, handler, context) : [];
    const reports = ofRoutes(index, model, { stage: 'blocking-call-in-async-route', read });
    return index.memo.derive('blocking-call-in-async-route', [model.routes, reports], () => onePerHandler(model.routes, reports));
  },
);

function reportHandler(path: string, { calls, name }: FunctionFacts, { index }: ServiceContext): readonly PlacedReport[] {
  return calls.flatMap((reference) => {
    const target = index.resolver.resolve(path, reference);
    if (target.kind !== 'external' || !BLOCKING.test(target.name)) return [];
    return [
      {
        path,
        span: reference.span,
        message: `\`${target.name}\` blocks inside the asynchronous route \`${name}\`: the whole service waits for it. ${mendFor(target.name)}`,
        data: { call: target.name, route: name },
      },
    ];
  });
}

function mendFor(name: string): string {
  if (name === 'time.sleep') return 'Write `await asyncio.sleep(…)`.';
  if (/^(requests|urllib)\./.test(name)) return 'Await an `httpx.AsyncClient`, or write the route with plain `def`.';
  return `Write \`await asyncio.to_thread(${name}, …)\`, or the route with plain \`def\`.`;
}
