import type { SyntaxNode } from '../parse/syntax-node';
import type { PythonVersion } from '../python/python-version';
import { definitionHandlers } from './definition-handlers';
import { expressionHandlers } from './expression-handlers';
import { FactCollector } from './fact-collector';
import { findBinding } from './find-binding';
import { importHandlers } from './import-handlers';
import type { NodeHandler } from './node-handlers';
import { patternHandlers } from './pattern-handlers';
import { statementHandlers } from './statement-handlers';
import { Walk } from './walk';

const HANDLERS: ReadonlyMap<string, NodeHandler> = new Map(
  [expressionHandlers, definitionHandlers, patternHandlers, importHandlers, statementHandlers].flatMap((handlers) =>
    Object.entries(handlers),
  ),
);

/** Walks the whole tree once and notes bindings, uses and imports per scope. */
export function collectFacts(root: SyntaxNode, text: string, version: PythonVersion): FactCollector {
  const facts = new FactCollector(text, version);
  const walk = new Walk(facts);
  walk.visit(root);
  handleAll(walk);
  resolveUses(facts);
  return facts;
}

/** Nothing stands after the loop: V8 compiles it while it runs, and would throw that away at each end of it. */
function handleAll(walk: Walk): void {
  for (let node = walk.take(); node !== undefined; node = walk.take()) {
    const handler = HANDLERS.get(node.type);
    if (handler === undefined) walk.visitChildren(node);
    else handler(walk, node);
  }
}

function resolveUses({ uses }: FactCollector): void {
  for (const use of uses) use.found = findBinding(use.name, use.context.scope);
}
