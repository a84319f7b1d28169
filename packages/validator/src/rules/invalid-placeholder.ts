import { isTest } from '../graph/service/is-test';
import type { Route } from '../graph/service/service-model';
import { defineServiceRule } from './define-service-rule';
import type { PlacedReport } from './rule';

/** Each of them was run on FastAPI 0.165: the module loads, and requests are answered with 404. */
export const invalidPlaceholder = defineServiceRule(
  {
    id: 'invalid-placeholder',
    since: '0.4.0',
    severity: 'error',
    summary: 'Something in a path is meant as a placeholder and is none.',
    why: 'Starlette takes it for plain text, so only a request with these very characters meets the route; all others are answered with 404.',
    whatToDo: 'Write `{name}` or `{name:converter}`, with letters, digits and underscores, and no digit in front.',
    examples: [
      {
        bad: '@app.get("/items/{item-id}")\ndef read(item_id: int): ...',
        good: '@app.get("/items/{item_id}")\ndef read(item_id: int): ...',
      },
      {
        bad: '@app.get("/items/<int:item_id>")\ndef read(item_id: int): ...',
        good: '@app.get("/items/{item_id}")\ndef read(item_id: int): ...',
      },
    ],
  },
  ({ model }) =>
    model.routes.flatMap((route) => {
      const isCustom = route.owner === undefined || model.owners.get(route.owner)?.isCustom !== false;
      return isCustom || isTest(route.path) ? [] : reportRoute(route);
    }),
);

function reportRoute(route: Route): readonly PlacedReport[] {
  const { path, template, templateSpan, place } = route;
  if (template === undefined) return [];
  return [...bracedFaults(template), ...foreignFaults(template, route)].map(({ message, isSure }) => ({
    path,
    span: templateSpan,
    certainty: isSure && !place.conditional ? ('certain' as const) : ('possible' as const),
    message,
  }));
}

interface PlaceholderFault {
  readonly message: string;
  readonly isSure: boolean;
}

const PLACEHOLDER = /^\{[a-zA-Z_][a-zA-Z0-9_]*(:[a-zA-Z_][a-zA-Z0-9_]*)?\}$/;

/** `{item-id}`, `{ id }`, `{}` and a bracket that is never closed; `{$request.body.url}` is for callbacks of OpenAPI. */
function bracedFaults(template: string): readonly PlaceholderFault[] {
  const found = (template.match(/\{[^{}/]*\}?/g) ?? []).filter((braced) => !PLACEHOLDER.test(braced) && !braced.startsWith('{$'));
  return found.map((braced) => {
    const name = braced.replace(/^\{|\}$|:.*$/g, '').trim();
    const meant = name.replace(/[^a-zA-Z0-9_]+/g, '_').replace(/^(?=\d)/, '_');
    const mend = /[a-zA-Z]/.test(meant) ? `Write \`{${meant}}\`.` : 'Give it a name, or take it away.';
    return { isSure: true, message: `\`${braced}\` is no placeholder but plain text, so requests are answered with 404. ${mend}` };
  });
}

/** As Flask and Express write it; sure when the function wants the very name, which it then asks for in the query. */
function foreignFaults(template: string, { handler }: Route): readonly PlaceholderFault[] {
  const found = [...template.matchAll(/(?<=^|\/)(?:<(?:\w+:)?(\w+)>|:([a-zA-Z_]\w*))(?=\/|$)/g)];
  return found.map(([written, angled, colon]) => {
    const name = (angled ?? colon)!;
    const isSure = handler?.parameters.some((parameter) => parameter.name === name) === true;
    return { isSure, message: `\`${written}\` is no placeholder but plain text, so requests are answered with 404. Write \`{${name}}\`.` };
  });
}
