import { childInField } from '../parse/child-in-field';
import { childrenInField } from '../parse/children-in-field';
import { firstNamedChild } from '../parse/first-named-child';
import { namedChildren } from '../parse/named-children';
import type { SyntaxNode } from '../parse/syntax-node';
import type { FactCollector } from './fact-collector';
import type { ImportStatement } from './import-statement';
import type { NodeHandler, NodeHandlers } from './node-handlers';
import type { Walk } from './walk';

type Written = Omit<ImportStatement, 'guard' | 'typeCheckingOnly' | 'conditional' | 'time' | 'span'>;

/** One literal for all imports, so that they have one hidden class and are not copied together. */
function noteImport({ facts, context }: Walk, node: SyntaxNode, written: Written): void {
  facts.imports.push({
    kind: written.kind,
    level: written.level,
    module: written.module,
    span: { start: node.start, end: node.end },
    moduleSpan: written.moduleSpan,
    names: written.names,
    boundName: written.boundName,
    hasAlias: written.hasAlias,
    guard: context.importGuard,
    typeCheckingOnly: context.typeCheckingOnly,
    conditional: context.conditional || context.isVersioned,
    time: context.time,
  });
}

/** `import a.b.c` binds `a`; `import a.b.c as z` binds `z`. */
const importStatement: NodeHandler = (walk, node) => {
  const { facts } = walk;
  for (const entry of childrenInField(node, 'name')) {
    const { name, alias } = splitAlias(entry);
    const bound = alias ?? firstNamedChild(name);
    if (bound === undefined) continue;
    const importIndex = facts.imports.length;
    noteImport(walk, node, {
      kind: 'import',
      level: 0,
      module: dottedText(facts, name),
      moduleSpan: { start: name.start, end: name.end },
      names: [],
      boundName: facts.nameOf(bound),
      hasAlias: alias !== undefined,
    });
    facts.bind(bound, walk.context, { kind: 'import', from: node.end, importIndex });
  }
};

const importFrom: NodeHandler = (walk, node) => {
  const { facts } = walk;
  const moduleNode = childInField(node, 'module_name');
  if (moduleNode === undefined) return;
  const importIndex = facts.imports.length;
  const dotted = moduleNode.type === 'relative_import' ? childOfType(moduleNode, 'dotted_name') : moduleNode;
  const entries = childrenInField(node, 'name').map(splitAlias);
  noteImport(walk, node, {
    kind: childOfType(node, 'wildcard_import') === undefined ? 'from' : 'star',
    level: relativeLevel(facts, moduleNode),
    module: dotted === undefined ? '' : dottedText(facts, dotted),
    moduleSpan: { start: moduleNode.start, end: moduleNode.end },
    names: entries.map(({ name, alias }) => ({
      name: facts.nameOf(name),
      boundName: facts.nameOf(alias ?? name),
      span: { start: name.start, end: name.end },
    })),
    boundName: undefined,
    hasAlias: false,
  });
  entries.forEach(({ name, alias }, importedNameIndex) => {
    facts.bind(alias ?? name, walk.context, { kind: 'import', from: node.end, importIndex, importedNameIndex });
  });
};

/** `from __future__ import annotations` is a flag to the compiler and a binding like any other. */
const futureImport: NodeHandler = ({ facts, context }, node) => {
  for (const entry of childrenInField(node, 'name')) {
    const { name, alias } = splitAlias(entry);
    if (facts.nameOf(name) === 'annotations') facts.hasLazyAnnotations = true;
    facts.bind(alias ?? name, context, { kind: 'assignment', from: node.end });
  }
};

function childOfType({ children }: SyntaxNode, type: string): SyntaxNode | undefined {
  return children.find((child) => child.type === type);
}

function splitAlias(entry: SyntaxNode): { readonly name: SyntaxNode; readonly alias: SyntaxNode | undefined } {
  if (entry.type !== 'aliased_import') return { name: entry, alias: undefined };
  return { name: childInField(entry, 'name') ?? entry, alias: childInField(entry, 'alias') };
}

/** `a . b` may be written with blanks or a line continuation. */
function dottedText(facts: FactCollector, node: SyntaxNode): string {
  const parts = namedChildren(node);
  return parts.length === 1 ? facts.nameOf(parts[0]!) : parts.map((part) => facts.nameOf(part)).join('.');
}

function relativeLevel(facts: FactCollector, moduleNode: SyntaxNode): number {
  if (moduleNode.type !== 'relative_import') return 0;
  const prefix = childOfType(moduleNode, 'import_prefix');
  return prefix === undefined ? 0 : facts.textOf(prefix).replace(/[^.]/g, '').length;
}

export const importHandlers: NodeHandlers = {
  import_statement: importStatement,
  import_from_statement: importFrom,
  future_import_statement: futureImport,
};
