import { childInField } from '../parse/child-in-field';
import { namedChildren } from '../parse/named-children';
import type { SyntaxNode } from '../parse/syntax-node';
import type { PythonVersion } from '../python/python-version';

/** `type-checking`: false when Python runs, true for type checkers; `running` is its negation; `script`: false when imported. */
export type ConditionValue = 'true' | 'false' | 'type-checking' | 'running' | 'script' | 'unknown';

const NEGATED: Readonly<Record<ConditionValue, ConditionValue>> = {
  true: 'false',
  false: 'true',
  'type-checking': 'running',
  running: 'type-checking',
  script: 'unknown',
  unknown: 'unknown',
};

/** The value of conditions that are known without running the program. */
export function evaluateCondition(condition: SyntaxNode, text: string, version: PythonVersion): ConditionValue {
  let node = condition;
  let isNegated = false;
  for (;;) {
    if (node.type === 'parenthesized_expression') node = namedChildren(node)[0] ?? node;
    else if (node.type === 'not_operator') {
      node = childInField(node, 'argument') ?? node;
      isNegated = !isNegated;
    } else break;
    if (node.children.length === 0) break;
  }
  const value = evaluatePlain(node, text.slice(node.start, node.end), version);
  return isNegated ? NEGATED[value] : value;
}

function evaluatePlain(node: SyntaxNode, source: string, version: PythonVersion): ConditionValue {
  if (source === 'True' || source === '1') return 'true';
  if (source === 'False' || source === '0') return 'false';
  if (/^((\w+\.)?(IS_)?PY2|bytes is str)$/.test(source)) return 'false';
  if (/^(\w+\.)?(IS_)?PY3$/.test(source)) return 'true';
  if (/^(__name__\s*==\s*["']__main__["']|["']__main__["']\s*==\s*__name__)$/.test(source)) return 'script';
  if (/^(\w+\.)?TYPE_CHECKING$/.test(source)) return 'type-checking';
  return node.type === 'comparison_operator' ? compareVersion(source, version) : 'unknown';
}

function compareVersion(source: string, version: PythonVersion): ConditionValue {
  const match =
    /^(?:sys\.)?version_info(\[:2\]|\[0\])?\s*(>=|<=|==|!=|<|>)\s*(?:\(\s*(\d+)\s*(?:,\s*(\d+)\s*)?,?\s*(?:,\s*\d+\s*)*\)|(\d+))$/.exec(
      source,
    );
  if (match === null) return 'unknown';
  const minor = match[4] === undefined ? (match[3] === undefined && match[5] === undefined ? 0 : undefined) : Number(match[4]);
  const major = Number(match[3] ?? match[5]);
  const own = version.major * 1000 + (minor === undefined ? 0 : version.minor);
  const asked = major * 1000 + (minor ?? 0);
  return compare(own, match[2]!, asked, match[1] === undefined) ? 'true' : 'false';
}

/** `sys.version_info` is longer than the tuple it is compared with, so it is greater when the start is equal. */
function compare(own: number, operator: string, asked: number, isFull: boolean): boolean {
  switch (operator) {
    case '>=':
      return own >= asked;
    case '<':
      return own < asked;
    case '>':
      return isFull ? own >= asked : own > asked;
    case '<=':
      return isFull ? own < asked : own <= asked;
    case '==':
      return !isFull && own === asked;
    default:
      return isFull || own !== asked;
  }
}
