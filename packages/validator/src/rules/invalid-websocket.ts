import type { FunctionFacts, ParameterFacts } from '../extract/service/service-facts';
import { isTest } from '../graph/service/is-test';
import { defaultOf, readMark } from '../graph/service/read-mark';
import { readParameter } from '../graph/service/read-parameter';
import type { Route } from '../graph/service/service-model';
import { sourceOf } from '../graph/service/source-of';
import { unionParts, valueTypeOf } from '../graph/service/value-type';
import { defineServiceRule } from './define-service-rule';
import { listInWords } from './list-in-words';
import type { PlacedReport, ServiceContext } from './rule';

/** Each of them was run on FastAPI 0.165. */
export const invalidWebsocket = defineServiceRule(
  {
    id: 'invalid-websocket',
    since: '0.4.0',
    severity: 'error',
    summary: 'A WebSocket route is written in a way no connection gets through, or a plain route asks for a WebSocket.',
    why: 'A connection has no body and no `Request`, and FastAPI awaits the function; what it cannot give ends in an error on every connection.',
    whatToDo: 'Write `async def`, take a `WebSocket`, and take values from the path, the query, headers or `Depends`.',
    examples: [
      {
        bad: '@app.websocket("/ws")\ndef chat(socket: WebSocket): ...',
        good: '@app.websocket("/ws")\nasync def chat(socket: WebSocket): ...',
      },
      {
        bad: '@app.websocket("/ws")\nasync def chat(socket: WebSocket, message: Message): ...',
        good: '@app.websocket("/ws")\nasync def chat(socket: WebSocket):\n    await socket.accept()\n    message = Message(**await socket.receive_json())',
      },
    ],
  },
  (context) =>
    context.model.routes
      .filter(({ path }) => !isTest(path))
      .flatMap((route) => (isPlain(route, context) ? [...reportRoute(route, context), ...reportParameters(route, context)] : []))
      .filter(isFirstOfPlace()),
);

/** A function may stand under several routes; one finding for each place is enough. */
function isFirstOfPlace(): (report: PlacedReport) => boolean {
  const seen = new Set<string>();
  return ({ path, span }) => seen.size < seen.add(`${path}:${span.start}`).size;
}

function isPlain({ owner, isWrapped }: Route, { model }: ServiceContext): boolean {
  return !isWrapped && owner !== undefined && model.owners.get(owner)?.isCustom === false;
}

const TAKEN = ['path', 'name', 'dependencies'];

function reportRoute({ isSocket, handler, handlerPath, call, path, place }: Route, { index }: ServiceContext): readonly PlacedReport[] {
  if (!isSocket) return [];
  const certainty = place.conditional ? ('possible' as const) : ('certain' as const);
  const { callee } = call;
  const isDecorator = callee.kind === 'reference' && callee.reference.names.at(-1) === 'websocket';
  const [refused] = isDecorator ? Object.keys(call.keywords).filter((name) => !TAKEN.includes(name)) : [];
  const refusal =
    refused === undefined
      ? []
      : [
          {
            path,
            span: call.keywords[refused]!.span,
            certainty,
            message: `\`websocket()\` has no parameter \`${refused}\`, only ${listInWords(TAKEN, 'and')}: it fails while the module loads. Take it away.`,
          },
        ];
  if (handler === undefined || (handler.isAsync && !handler.isGenerator)) return refusal;
  if (!handler.isGenerator && returnsSomething(handlerPath, handler, index)) return refusal;
  const what = handler.isGenerator ? 'is a generator' : 'is a plain `def`';
  const message = `FastAPI awaits the function of a WebSocket route, and \`${handler.name}\` ${what}: every connection ends in a TypeError. Write \`async def\`${handler.isGenerator ? ' without `yield`' : ''}.`;
  return [...refusal, { path: handlerPath, span: handler.nameSpan, certainty, message }];
}

/** What a plain function returns may be a coroutine, and then awaiting it works. */
function returnsSomething(path: string, { offset, returnsPlainValue }: FunctionFacts, index: ServiceContext['index']): boolean {
  if (returnsPlainValue) return false;
  const before = sourceOf(index, path, { span: { start: 0, end: offset } });
  const own = /[^\n]*$/.exec(before)![0].length;
  const [head, ...lines] = sourceOf(index, path, { span: { start: offset, end: Infinity } }).split('\n');
  const next = lines.findIndex((line) => /\S/.test(line) && !/^\s*[)#]/.test(line) && line.search(/\S/) <= own);
  if (/:\s*return\s+(?!None\b)[^\s#]/.test(head!)) return true;
  return lines.slice(0, next < 0 ? undefined : next).some((line) => /^\s*return\s+(?!None\b)[^\s#]/.test(line));
}

function reportParameters(route: Route, { index }: ServiceContext): readonly PlacedReport[] {
  const { handler, handlerPath, place } = route;
  const certainty = place.conditional ? ('possible' as const) : ('certain' as const);
  return (handler?.parameters ?? []).flatMap((parameter) => {
    const message = parameter.isVariadic ? undefined : parameterFault(parameter, route, index);
    return message === undefined
      ? []
      : [{ path: handlerPath, span: parameter.span, certainty, message, data: { parameter: parameter.name } }];
  });
}

const REQUEST = /^(fastapi|starlette)\.(requests\.)?Request$/;
const SOCKET = /^(fastapi|starlette)\.(websockets\.)?WebSocket$/;

function parameterFault(parameter: ParameterFacts, route: Route, index: ServiceContext['index']): string | undefined {
  const { name, value } = parameter;
  const { type, marks, isComplete } = readParameter(route.handlerPath, parameter, index);
  if (!isComplete) return undefined;
  const typeName = type === undefined || marks.length > 0 ? undefined : index.externalName(type.path, type.expression);
  if (!route.isSocket) {
    if (typeName === undefined || !SOCKET.test(typeName) || value !== undefined) return undefined;
    return `\`${name}\` is a \`WebSocket\`, and a request is none: every request ends in a TypeError. Take a \`Request\`, or write the route with \`websocket\`.`;
  }
  if (typeName !== undefined && REQUEST.test(typeName) && value === undefined)
    return `\`${name}\` is a \`Request\`, and a WebSocket connection has none: every connection ends in a TypeError. Take a \`WebSocket\`, or an \`HTTPConnection\`.`;
  return takesBody(parameter, route, index)
    ? `\`${name}\` comes from the body, and a WebSocket connection has none: every connection is refused. Receive it through the socket, or take it from the query.`
    : undefined;
}

/** A body that must be there: by `Body()` and its like, or a Pydantic model with no mark at all. */
function takesBody(parameter: ParameterFacts, { handlerPath }: Route, index: ServiceContext['index']): boolean {
  const { type, marks } = readParameter(handlerPath, parameter, index);
  const [mark, ...more] = marks.map(({ path, call }) => readMark(path, call, index));
  if (marks.length > 0) {
    const isBody = mark !== undefined && more.length === 0 && ['Body', 'Form', 'File'].includes(mark.kind);
    const hasDefault = parameter.value !== undefined && parameter.value !== mark?.call;
    return isBody && !hasDefault && !mark.call.hasSplat && isRequired(mark.call) && defaultOf(mark, index) === undefined;
  }
  if (type === undefined || parameter.value !== undefined) return false;
  const types = unionParts(type.path, type.expression, index).map((part) => valueTypeOf(type.path, part, index));
  return types.length > 0 && types.every((each) => each === 'model');
}

/** Nothing that could be a default: `Body()`, `Body(embed=True)`. */
function isRequired({ positional, keywords }: { readonly positional: readonly unknown[]; readonly keywords: object }): boolean {
  return positional.length === 0 && !('default' in keywords) && !('default_factory' in keywords);
}
