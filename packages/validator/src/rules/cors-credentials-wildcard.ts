import type { CheckedCall } from '../extract/service/checked-call';
import type { Expression } from '../extract/service/expression';
import type { DefinitionIndex } from '../graph/service/definition-index';
import { isTest } from '../graph/service/is-test';
import { sourceInCall } from '../graph/service/source-in-call';
import { defineServiceRule } from './define-service-rule';
import type { PlacedReport } from './rule';

const MIDDLEWARE = /^(fastapi|starlette)\.middleware\.cors\.CORSMiddleware$/;
/** They match whatever host stands in the header. */
const ANY_ORIGIN = /^\^?(https?\??:\/\/|http)?\(?\.[*+]\)?\$?$/;

export const corsCredentialsWildcard = defineServiceRule(
  {
    id: 'cors-credentials-wildcard',
    since: '0.3.0',
    severity: 'error',
    summary: 'Every website may call the service with the cookies of its visitors.',
    why: 'With `allow_credentials=True`, Starlette answers `"*"` with the very origin that asks, so browsers hand the answer to any website.',
    whatToDo: 'List the origins that may call, or leave `allow_credentials` out.',
    security: { cwe: 942, severity: 7.5 },
    examples: [
      {
        bad: 'app.add_middleware(CORSMiddleware, allow_origins=["*"], allow_credentials=True)',
        good: 'app.add_middleware(CORSMiddleware, allow_origins=["https://shop.example"], allow_credentials=True)',
      },
    ],
  },
  ({ index }) =>
    index.itemsOf('cors-credentials-wildcard', (path) => {
      const calls = isTest(path) ? [] : (index.project.summaries.get(path)?.service?.checkedCalls ?? []);
      return calls.flatMap((checked) => reportCall(path, checked, index));
    }),
);

function reportCall(path: string, checked: CheckedCall, index: DefinitionIndex): readonly PlacedReport[] {
  const { callee, positional, keywords } = checked.call;
  const isMiddleware = [callee, positional[0]].some((each) => MIDDLEWARE.test(index.externalName(path, each) ?? ''));
  if (!isMiddleware || sourceInCall(checked, keywords['allow_credentials']) !== 'True') return [];
  const origins = keywords['allow_origins'];
  const pattern = keywords['allow_origin_regex'];
  const argument = listsAll(path, origins, index) ? origins : matchesAll(path, pattern, index) ? pattern : undefined;
  if (argument === undefined) return [];
  const name = argument === origins ? 'allow_origins' : 'allow_origin_regex';
  return [
    {
      path,
      span: argument.span,
      message: `\`${name}\` allows every origin, and \`allow_credentials=True\` lets each of them use the cookies of its visitors. List the origins that may call, or leave \`allow_credentials\` out.`,
      data: { argument: name },
    },
  ];
}

/** Starlette asks `"*" in allow_origins`: true of the text, and of a list with it. */
function listsAll(path: string, origins: Expression | undefined, index: DefinitionIndex): boolean {
  const { path: file, expression } = origins === undefined ? { path, expression: undefined } : constantOf(path, origins, index);
  if (expression?.kind === 'text') return expression.value === '*';
  return expression?.kind === 'sequence' && expression.items.some((item) => index.textOf(file, item) === '*');
}

function matchesAll(path: string, pattern: Expression | undefined, index: DefinitionIndex): boolean {
  const text = index.textOf(path, pattern);
  return text !== undefined && ANY_ORIGIN.test(text);
}

/** A constant's value, when it is surely that. */
function constantOf(
  path: string,
  expression: Expression,
  index: DefinitionIndex,
): { readonly path: string; readonly expression: Expression } {
  const definition = index.definitionOf(path, expression);
  if (definition?.kind !== 'assignment' || definition.assignment.place.conditional) return { path, expression };
  return { path: definition.path, expression: definition.assignment.value };
}
