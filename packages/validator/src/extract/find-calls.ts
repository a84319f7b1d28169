import { childInField } from '../parse/child-in-field';
import { namedChildren } from '../parse/named-children';
import type { SyntaxNode } from '../parse/syntax-node';
import type { CallUse } from './callable';
import { dottedParts } from './dotted-parts';
import type { FactCollector } from './fact-collector';
import { findBinding } from './find-binding';
import { readFunctionShape } from './read-function-shape';
import type { Visit } from './walk-context';

/** Calls that can be compared with what they call. */
export function findCalls(facts: FactCollector): readonly CallUse[] {
  if (facts.isDynamic) return [];
  return facts.calls.flatMap((visit) => {
    const { node, context } = visit;
    const callee = childInField(node, 'function');
    if (callee === undefined || context.typeCheckingOnly || context.lazy || context.callGuard === 'certainly') return [];
    const reference = referenceOf(callee, visit, facts);
    const given = reference === undefined ? undefined : readArguments(childInField(node, 'arguments'), facts);
    if (reference === undefined || given === undefined) return [];
    const calleeText = facts.textOf(callee).replace(/\s/g, '');
    return [{ callee: reference, calleeText, span: spanOf(callee), ...given, certain: context.callGuard === 'none' }];
  });
}

function referenceOf(callee: SyntaxNode, { scope }: Visit, facts: FactCollector): CallUse['callee'] | undefined {
  const parts = dottedParts(callee, facts.text);
  if (parts === undefined) return undefined;
  const [name, ...attributes] = parts;
  const found = findBinding({ name: name!, scope });
  const binding = found?.bindings[0];
  const isPatched = facts.patchedNames.has(parts[parts.length - 1]!);
  if (found === undefined || binding === undefined || found.bindings.length > 1 || isPatched) return undefined;
  if (facts.rebound.has(name!) || found.scope.deletions.has(name!)) return undefined;
  if (binding.importIndex !== undefined) {
    return { kind: 'import', importIndex: binding.importIndex, importedNameIndex: binding.importedNameIndex, attributes };
  }
  if (found.scope === facts.moduleScope) return { kind: 'own', name: name!, attributes };
  const shape = binding.kind === 'function' && attributes.length === 0 ? readFunctionShape(binding.node, found.scope, facts) : undefined;
  return shape === undefined ? undefined : { kind: 'local', shape };
}

/** Undefined when `*` or `**` hide how many there are. */
function readArguments(list: SyntaxNode | undefined, facts: FactCollector): Pick<CallUse, 'positional' | 'keywords'> | undefined {
  if (list === undefined) return undefined;
  if (list.type === 'generator_expression') return { positional: [spanOf(list)], keywords: [] };
  const positional: CallUse['positional'][number][] = [];
  const keywords: CallUse['keywords'][number][] = [];
  for (const argument of namedChildren(list)) {
    if (argument.type === 'list_splat' || argument.type === 'dictionary_splat') return undefined;
    const name = argument.type === 'keyword_argument' ? childInField(argument, 'name') : undefined;
    if (name === undefined) positional.push(spanOf(argument));
    else keywords.push({ name: facts.textOf(name), span: spanOf(name) });
  }
  return { positional, keywords };
}

function spanOf({ start, end }: SyntaxNode): { readonly start: number; readonly end: number } {
  return { start, end };
}
