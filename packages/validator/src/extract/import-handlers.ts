import { childInField } from '../parse/child-in-field';
import { childrenInField } from '../parse/children-in-field';
import { namedChildren } from '../parse/named-children';
import type { SyntaxNode } from '../parse/syntax-node';
import type { FactCollector } from './fact-collector';
import type { ImportStatement } from './import-statement';
import type { NodeHandler, NodeHandlers } from './node-handlers';
import type { Visit } from './walk-context';

type Surroundings = Pick<ImportStatement, 'guard' | 'typeCheckingOnly' | 'conditional' | 'time' | 'span'>;

function surroundings({ node, context }: Visit): Surroundings {
  return {
    guard: context.importGuard,
    typeCheckingOnly: context.typeCheckingOnly,
    conditional: context.conditional,
    time: context.time,
    span: { start: node.start, end: node.end },
  };
}

/** `import a.b.c` binds `a`; `import a.b.c as z` binds `z`. */
const importStatement: NodeHandler = (facts, visit) => {
  for (const entry of childrenInField(visit.node, 'name')) {
    const { name, alias } = splitAlias(entry);
    const bound = alias ?? namedChildren(name)[0];
    if (bound === undefined) continue;
    const importIndex = facts.imports.length;
    facts.imports.push({
      ...surroundings(visit),
      kind: 'import',
      level: 0,
      module: dottedText(facts, name),
      moduleSpan: { start: name.start, end: name.end },
      names: [],
      boundName: facts.textOf(bound),
      hasAlias: alias !== undefined,
    });
    facts.bind(visit, bound, 'import', { from: visit.node.end, importIndex });
  }
  return [];
};

const importFrom: NodeHandler = (facts, visit) => {
  const moduleNode = childInField(visit.node, 'module_name');
  if (moduleNode === undefined) return [];
  const importIndex = facts.imports.length;
  const dotted =
    moduleNode.type === 'relative_import' ? namedChildren(moduleNode).find((child) => child.type === 'dotted_name') : moduleNode;
  const entries = childrenInField(visit.node, 'name').map(splitAlias);
  facts.imports.push({
    ...surroundings(visit),
    kind: visit.node.children.some((child) => child.type === 'wildcard_import') ? 'star' : 'from',
    level: relativeLevel(facts, moduleNode),
    module: dotted === undefined ? '' : dottedText(facts, dotted),
    moduleSpan: { start: moduleNode.start, end: moduleNode.end },
    names: entries.map(({ name, alias }) => ({
      name: facts.textOf(name),
      boundName: facts.textOf(alias ?? name),
      span: { start: name.start, end: name.end },
    })),
    boundName: undefined,
    hasAlias: false,
  });
  entries.forEach(({ name, alias }, importedNameIndex) => {
    facts.bind(visit, alias ?? name, 'import', { from: visit.node.end, importIndex, importedNameIndex });
  });
  return [];
};

/** `from __future__ import annotations` is a flag to the compiler and a binding like any other. */
const futureImport: NodeHandler = (facts, visit) => {
  for (const entry of childrenInField(visit.node, 'name')) {
    const { name, alias } = splitAlias(entry);
    if (facts.textOf(name) === 'annotations') facts.hasLazyAnnotations = true;
    facts.bind(visit, alias ?? name, 'assignment', { from: visit.node.end });
  }
  return [];
};

function splitAlias(entry: SyntaxNode): { readonly name: SyntaxNode; readonly alias: SyntaxNode | undefined } {
  if (entry.type !== 'aliased_import') return { name: entry, alias: undefined };
  return { name: childInField(entry, 'name') ?? entry, alias: childInField(entry, 'alias') };
}

/** `a . b` may be written with blanks or a line continuation. */
function dottedText(facts: FactCollector, node: SyntaxNode): string {
  return namedChildren(node)
    .map((part) => facts.textOf(part))
    .join('.');
}

function relativeLevel(facts: FactCollector, moduleNode: SyntaxNode): number {
  if (moduleNode.type !== 'relative_import') return 0;
  const prefix = moduleNode.children.find((child) => child.type === 'import_prefix');
  return prefix === undefined ? 0 : facts.textOf(prefix).replace(/[^.]/g, '').length;
}

export const importHandlers: NodeHandlers = {
  import_statement: importStatement,
  import_from_statement: importFrom,
  future_import_statement: futureImport,
};
