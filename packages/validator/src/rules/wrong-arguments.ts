import type { LinkedCall } from '../graph/linked-module';
import type { ArgumentFault } from '../graph/match-arguments';
import { defineRule } from './define-rule';
import { listInWords } from './list-in-words';

export const wrongArguments = defineRule(
  {
    id: 'wrong-arguments',
    since: '0.1.0',
    severity: 'error',
    summary: 'A function or class of the project, or of a library beside it, is called with arguments it does not take.',
    why: 'Python raises TypeError when the call runs, and a Pydantic model raises ValidationError.',
    whatToDo: 'Call it as its signature says, or change the signature.',
    examples: [
      {
        bad: 'from app.crud import create_user\n\ncreate_user(session, mail="a@b.de")',
        good: 'from app.crud import create_user\n\ncreate_user(session, email="a@b.de")',
      },
    ],
  },
  ({ linked }) =>
    linked.calls.flatMap((call) =>
      call.faults.map((fault) => ({
        span: fault.span,
        message: `${describe(fault, call)} ${placeOf(call)} defines \`${call.signature}\`.`,
        certainty: call.certain ? ('certain' as const) : ('possible' as const),
        data: { callee: call.name, signature: call.signature, ...placeData(call), ...dataOf(fault) },
        ...fixOf(fault),
      })),
    ),
);

/** Of a library, files and lines are not known: they would change with every edit there. */
function placeOf({ library, path, line }: LinkedCall): string {
  return library === undefined ? `${path}:${line}` : `\`${library}\``;
}

function placeData({ library, path, line }: LinkedCall): Readonly<Record<string, unknown>> {
  return library === undefined ? { path, line } : { library };
}

function describe(fault: ArgumentFault, { name }: LinkedCall): string {
  switch (fault.kind) {
    case 'missing':
      return `\`${name}\` is called without ${listInWords(fault.names, 'and')}: pass ${fault.names.length === 1 ? 'it' : 'them'}.`;
    case 'too-many':
      return `\`${name}\` takes ${countArguments(fault.taken)}, but ${fault.given} ${fault.given === 1 ? 'is' : 'are'} given. ${mendTooMany(fault.keywordOnly)}`;
    case 'unknown-keyword':
      return `\`${name}\` has no parameter \`${fault.name}\`. ${fault.nearest.length > 0 ? `Did you mean ${listInWords(fault.nearest, 'or')}?` : 'Remove the argument, or add the parameter.'}`;
    case 'given-twice':
      return `\`${name}\` gets \`${fault.name}\` twice, by position and by name: remove one.`;
    case 'positional-only':
      return `\`${name}\` takes \`${fault.name}\` by position only: leave out \`${fault.name}=\`.`;
  }
}

function countArguments(count: number): string {
  if (count === 0) return 'no positional argument';
  return count === 1 ? '1 positional argument' : `${count} positional arguments`;
}

function mendTooMany(keywordOnly: readonly string[]): string {
  return keywordOnly.length > 0 ? `Name it: ${listInWords(keywordOnly, 'or')}.` : 'Remove what it does not take.';
}

function dataOf(fault: ArgumentFault): Readonly<Record<string, unknown>> {
  const { span, ...facts } = fault;
  return facts;
}

function fixOf(fault: ArgumentFault) {
  if (fault.kind !== 'unknown-keyword' || fault.nearest.length !== 1) return {};
  const text = fault.nearest[0]!;
  return { fix: { title: `Pass ${text}`, edits: [{ span: fault.span, text }] } };
}
