import { childInField, type Diagnostic, type SyntaxNode } from '@org/validator';
import { diagnosticAt } from '../diagnostic-at';
import { lineOf, nodesBelow, textOf, type PythonFile } from './python-file';

const MAY_GIVE_NOTHING =
  /\b(?:None|Optional|Any|object|NoReturn|Never|Generator|Iterator|Iterable|AsyncGenerator|AsyncIterator|AsyncIterable|TypeGuard|TypeIs)\b/;

/**
 * Functions that promise a value and give none on any way: how a file looks that was cut off between two statements.
 * One that gives a value on some way is left alone.
 */
export function findMissingReturns(file: PythonFile): readonly Diagnostic[] {
  return [...nodesBelow(file.root)]
    .filter((node) => node.type === 'function_definition' && givesNothing(file, node))
    .map((node) => {
      const name = textOf(file, childInField(node, 'name')!);
      return diagnosticAt(
        file.path,
        lineOf(file, node),
        'missing-return',
        `\`${name}\` promises ${promiseOf(file, node)} and returns nothing. Write it to its end.`,
      );
    });
}

function promiseOf(file: PythonFile, node: SyntaxNode): string {
  return textOf(file, childInField(node, 'return_type')!);
}

function givesNothing(file: PythonFile, node: SyntaxNode): boolean {
  const annotation = childInField(node, 'return_type');
  const body = childInField(node, 'body');
  if (annotation === undefined || body === undefined || MAY_GIVE_NOTHING.test(textOf(file, annotation))) return false;
  const nodes = [...nodesBelow(body, ({ type }) => type === 'function_definition' || type === 'class_definition' || type === 'lambda')];
  const gives = nodes.some(({ type, children }) => type === 'yield' || (type === 'return_statement' && children.length > 1));
  return !gives && !endsByItself(body, nodes);
}

/** It raises at its end, loops for ever, or is no function that anybody runs. */
function endsByItself(body: SyntaxNode, nodes: readonly SyntaxNode[]): boolean {
  const statements = body.children.filter(({ named, type }) => named && type !== 'comment');
  const last = statements.at(-1);
  const isOnlyWords = statements.every(
    ({ type, children }) =>
      type === 'pass_statement' ||
      (type === 'expression_statement' && /^(?:string|ellipsis|concatenated_string)$/.test(children[0]?.type ?? '')),
  );
  return (
    isOnlyWords ||
    last?.type === 'raise_statement' ||
    nodes.some(
      ({ type }) => type === 'while_statement' || type === 'match_statement' || type === 'try_statement' || type === 'with_statement',
    )
  );
}
