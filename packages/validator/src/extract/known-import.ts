import type { SyntaxNode } from '../parse/syntax-node';
import { dottedParts } from './dotted-parts';
import type { FactCollector } from './fact-collector';
import type { Scope } from './scope';

/** `functools.cache` for a name or a dotted name that one import binds to it; undefined for anything else. */
export function knownImport(node: SyntaxNode, scope: Scope, facts: FactCollector): string | undefined {
  const parts = dottedParts(node, facts);
  const bindings = parts === undefined ? undefined : scope.module.names.get(parts[0]!)?.bindings;
  const binding = bindings?.length === 1 ? bindings[0]! : undefined;
  if (parts === undefined || binding?.importIndex === undefined) return undefined;
  const statement = facts.imports[binding.importIndex]!;
  if (statement.level > 0) return undefined;
  const name = binding.importedNameIndex === undefined ? undefined : statement.names[binding.importedNameIndex]!.name;
  const base = name === undefined ? (statement.hasAlias ? statement.module : parts[0]!) : `${statement.module}.${name}`;
  return [base, ...parts.slice(1)].join('.');
}
