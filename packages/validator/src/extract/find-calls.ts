import { childInField } from '../parse/child-in-field';
import { isPart } from '../parse/is-part';
import type { SyntaxNode } from '../parse/syntax-node';
import { detach } from '../text/detach';
import type { CallUse } from './callable';
import { dottedParts } from './dotted-parts';
import type { FactCollector } from './fact-collector';
import { findBinding } from './find-binding';
import { readFunctionShape } from './read-function-shape';
import { rootName } from './root-name';
import type { BoundName } from './scope';

/** Calls that can be compared with what they call. */
export function findCalls(facts: FactCollector): readonly CallUse[] {
  const calls: CallUse[] = [];
  if (facts.isDynamic) return calls;
  for (const { node, context } of facts.calls) {
    const callee = childInField(node, 'function');
    if (callee === undefined || context.typeCheckingOnly || context.lazy || context.callGuard === 'certainly') continue;
    const root = rootName(callee);
    const found = root === undefined ? undefined : findBinding(facts.nameOf(root), context.scope);
    const reference = found === undefined ? undefined : referenceOf(callee, found, facts);
    const given = reference === undefined ? undefined : readArguments(childInField(node, 'arguments'), facts);
    if (reference === undefined || given === undefined) continue;
    calls.push({
      callee: reference,
      calleeText: textOfCallee(callee, facts),
      span: spanOf(callee),
      ...given,
      certain: context.callGuard === 'none',
    });
  }
  return calls;
}

function textOfCallee(callee: SyntaxNode, facts: FactCollector): string {
  return callee.type === 'identifier' ? facts.nameOf(callee) : detach(facts.textOf(callee).replace(/\s/g, ''));
}

function referenceOf(callee: SyntaxNode, { scope, bindings }: BoundName, facts: FactCollector): CallUse['callee'] | undefined {
  const binding = bindings[0]!;
  const isFollowed = binding.importIndex !== undefined || scope === facts.moduleScope || binding.kind === 'function';
  const parts = bindings.length > 1 || !isFollowed ? undefined : dottedParts(callee, facts);
  if (parts === undefined || facts.patchedNames.has(parts[parts.length - 1]!)) return undefined;
  const [name, ...attributes] = parts;
  if (facts.rebound.has(name!) || scope.isDeleted(name!)) return undefined;
  if (binding.importIndex !== undefined) {
    return { kind: 'import', importIndex: binding.importIndex, importedNameIndex: binding.importedNameIndex, attributes };
  }
  if (scope === facts.moduleScope) return { kind: 'own', name: name!, attributes };
  const shape = attributes.length === 0 ? readFunctionShape(binding.node, scope, facts) : undefined;
  return shape === undefined ? undefined : { kind: 'local', shape };
}

/** Undefined when `*` or `**` hide how many there are. */
function readArguments(list: SyntaxNode | undefined, facts: FactCollector): Pick<CallUse, 'positional' | 'keywords'> | undefined {
  if (list === undefined) return undefined;
  if (list.type === 'generator_expression') return { positional: [spanOf(list)], keywords: [] };
  const positional: CallUse['positional'][number][] = [];
  const keywords: CallUse['keywords'][number][] = [];
  for (const argument of list.children) {
    if (!isPart(argument)) continue;
    if (argument.type === 'list_splat' || argument.type === 'dictionary_splat') return undefined;
    const name = argument.type === 'keyword_argument' ? childInField(argument, 'name') : undefined;
    if (name === undefined) positional.push(spanOf(argument));
    else keywords.push({ name: facts.nameOf(name), span: spanOf(name) });
  }
  return { positional, keywords };
}

function spanOf({ start, end }: SyntaxNode): { readonly start: number; readonly end: number } {
  return { start, end };
}
