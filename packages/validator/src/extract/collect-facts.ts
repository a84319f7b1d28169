import { namedChildren } from '../parse/named-children';
import type { SyntaxNode } from '../parse/syntax-node';
import type { PythonVersion } from '../python/python-version';
import { definitionHandlers } from './definition-handlers';
import { expressionHandlers } from './expression-handlers';
import { FactCollector } from './fact-collector';
import { importHandlers } from './import-handlers';
import type { NodeHandlers } from './node-handlers';
import { patternHandlers } from './pattern-handlers';
import { statementHandlers } from './statement-handlers';
import { MODULE_CONTEXT, type Visit } from './walk-context';

const HANDLERS: NodeHandlers = {
  ...expressionHandlers,
  ...definitionHandlers,
  ...patternHandlers,
  ...importHandlers,
  ...statementHandlers,
};

/** Walks the whole tree once, in source order and without recursion, and notes bindings, uses and imports per scope. */
export function collectFacts(root: SyntaxNode, text: string, version: PythonVersion): FactCollector {
  const facts = new FactCollector(text, version);
  const pending: Visit[] = [{ node: root, scope: facts.moduleScope, context: MODULE_CONTEXT }];
  while (pending.length > 0) {
    const visit = pending.pop()!;
    const handler = Object.hasOwn(HANDLERS, visit.node.type) ? HANDLERS[visit.node.type] : undefined;
    const next = handler === undefined ? namedChildren(visit.node).map((node) => ({ ...visit, node })) : handler(facts, visit);
    for (let index = next.length - 1; index >= 0; index -= 1) pending.push(next[index]!);
  }
  return facts;
}
