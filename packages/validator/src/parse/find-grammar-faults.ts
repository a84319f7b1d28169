import type { Span } from '../text/span';
import type { SyntaxNode } from './syntax-node';

export interface GrammarFault {
  /** What a person would point at. */
  readonly span: Span;
  /** All the text the parser could not place. */
  readonly extent: Span;
  readonly message: string;
  /** False where the grammar is known to lag behind Python. */
  readonly certain: boolean;
}

/** ERROR and MISSING nodes, and what the grammar takes but Python 3 does not, in source order. */
export function findGrammarFaults(root: SyntaxNode, text: string): readonly GrammarFault[] {
  const hasLoneReturn = /\r(?!\n)/.test(text);
  const faults: GrammarFault[] = [];
  const pending: SyntaxNode[] = [root];
  while (pending.length > 0) {
    const node = pending.pop()!;
    const fault = nodeFault(node, text);
    const found = [
      ...(fault === undefined ? [] : [fault]),
      ...(node.type === 'module' || node.type === 'block' ? joinedStatements(node, text) : []),
    ];
    for (const each of found) faults.push(hasLoneReturn ? { ...each, certain: false } : each);
    if (node.type !== 'ERROR') for (let index = node.children.length - 1; index >= 0; index -= 1) pending.push(node.children[index]!);
  }
  return faults.sort((left, right) => left.span.start - right.span.start);
}

function nodeFault(node: SyntaxNode, text: string): GrammarFault | undefined {
  const extent = { start: node.start, end: node.end };
  if (node.type === 'ERROR') return errorFault(node, text);
  if (node.missing) return { span: extent, extent, message: `'${node.type}' is missing here.`, certain: true };
  const source = text.slice(node.start, node.end);
  if ((node.type === 'print_statement' || node.type === 'exec_statement') && /^(print|exec)\s+["'\w]/.test(source)) {
    const word = source.slice(0, source.search(/\s/));
    return {
      span: { start: node.start, end: node.start + word.length },
      extent,
      message: `'${word}' is a function in Python 3: write ${word}(…).`,
      certain: true,
    };
  }
  if (node.type === '<>' && !node.named) return { span: extent, extent, message: "'<>' is not Python 3: write '!='.", certain: true };
  return undefined;
}

/** The grammar takes `import a b` as two statements; Python wants a line break or `;` between statements. */
function joinedStatements({ children }: SyntaxNode, text: string): readonly GrammarFault[] {
  const faults: GrammarFault[] = [];
  for (let index = 1; index < children.length; index += 1) {
    const [before, node] = [children[index - 1]!, children[index]!];
    if (![before, node].every(({ named, type }) => named && type !== 'comment' && type !== 'ERROR')) continue;
    if (/[\n\r;]/.test(text.slice(before.end - 1, node.start))) continue;
    const span = { start: node.start, end: endOfFirstToken(node) };
    const token = text.slice(span.start, span.end);
    faults.push({
      span,
      extent: span,
      message: `Invalid syntax near '${token}': a new statement needs a line of its own, or something is missing before it.`,
      certain: true,
    });
  }
  return faults;
}

function errorFault(node: SyntaxNode, text: string): GrammarFault {
  const point = innermostError(node);
  const end = endOfFirstToken(point);
  const token = text.slice(point.start, end).split('\n', 1)[0]!;
  const span = { start: point.start, end: Math.max(point.start, Math.min(end, point.start + token.length)) };
  return {
    span,
    extent: { start: node.start, end: node.end },
    message: `Invalid syntax near '${token.trim()}': Python cannot read the statement on from here.`,
    certain: !lagsBehind(node, text),
  };
}

function innermostError(root: SyntaxNode): SyntaxNode {
  const pending = [root];
  let innermost = root;
  while (pending.length > 0) {
    const node = pending.pop()!;
    if (node.type === 'ERROR') innermost = node;
    const inner = node.children.find((child) => child.type === 'ERROR');
    if (inner !== undefined) pending.push(inner);
  }
  return innermost;
}

function endOfFirstToken(node: SyntaxNode): number {
  let current = node;
  while (current.children.length > 0) current = current.children[0]!;
  return current.end > node.start ? current.end : node.end;
}

/** Type parameter defaults (PEP 696) and lazy imports (3.15) are valid Python the grammar does not know yet. */
function lagsBehind(node: SyntaxNode, text: string): boolean {
  const lineStart = text.lastIndexOf('\n', node.start - 1) + 1;
  const line = text.slice(lineStart, node.end).trimStart();
  return (
    /^(class|def|async def|type)\s+\w+\s*\[[^\]]*=/.test(
      text.slice(lineStart, text.indexOf('\n', node.end) + 1 || undefined).trimStart(),
    ) || /^lazy\s+(import|from)\b/.test(line)
  );
}
