import { childInField } from '../../parse/child-in-field';
import type { SyntaxNode } from '../../parse/syntax-node';
import { detach } from '../../text/detach';
import type { CheckedCall } from './checked-call';
import { readExpression, type ReadContext } from './read-expression';

const LONGEST = 4_000;

/** Undefined for all other calls. */
export function readCheckedCall(
  node: SyntaxNode,
  functionOffset: number | undefined,
  { facts, bindings }: ReadContext,
): CheckedCall | undefined {
  const callee = childInField(node, 'function')!;
  const isDecode = (): boolean => /decode$/.test(facts.textOf(callee)) && bindings.isImport(callee.start);
  if (node.end - node.start > LONGEST || !(isMiddleware(callee, facts.text) || isDecode())) return undefined;
  const call = readExpression(node, { facts, bindings });
  return call.kind === 'call' ? { call, source: detach(facts.textOf(node)), functionOffset } : undefined;
}

/** `add_middleware(…)`, `Middleware(…)`, `CORSMiddleware(…)` */
function isMiddleware({ end }: SyntaxNode, text: string): boolean {
  return text.startsWith('iddleware', end - 9);
}
