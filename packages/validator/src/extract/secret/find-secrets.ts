import { childInField } from '../../parse/child-in-field';
import { firstNamedChild } from '../../parse/first-named-child';
import { namedChildren } from '../../parse/named-children';
import type { SyntaxNode } from '../../parse/syntax-node';
import { detach } from '../../text/detach';
import { classifySecret } from './classify-secret';
import type { SecretFact } from './secret-fact';
import { FORM_STARTS } from './secret-forms.data';

/** A secret's name before a literal, or a call that takes one. */
const NAMES_LITERAL =
  /(secret|passw|pwd|token|api_?key|access_?key|private_?key|signing_?key|encryption_?key|jwt_?key|credential)\w*["'\])]*\s*(:[^=\n]{0,80})?[=:,(]|\bjwt\.\w+code\(/i;
/** What it says is shown to people. */
const SHOWN = /^(examples?|openapi_examples|openapi_extra|json_schema_extra|responses|description|title|summary|help)$/;
const LOOKUP = /(^|\.)(getenv|environ\.get|env|env\.str|config|get_env\w*|decouple\.config)$/;
const WRAPPER = /(^|\.)(SecretStr|SecretBytes|Secret|Field|str|field|mapped_column)$/;
const SIGNING_CALL = /(^|\.)(jwt|jws)\.(encode|decode)$|^jwt_(encode|decode)$/;

/** Literals that look like secrets; most files are left out by one look at their text. */
export function findSecrets(root: SyntaxNode, text: string): readonly SecretFact[] {
  if (!NAMES_LITERAL.test(text) && !FORM_STARTS.test(text)) return [];
  const found: SecretFact[] = [];
  for (const literal of literalsBelow(root, text)) found.push(...readLiteral(literal, text));
  return found.sort((left, right) => left.span.start - right.span.start);
}

function literalsBelow(root: SyntaxNode, text: string): readonly SyntaxNode[] {
  const literals: SyntaxNode[] = [];
  const pending = [root];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (node.type === 'string') literals.push(node);
    else if (node.children.length > 0 && !isShown(node, text)) pushParts(node, pending);
  }
  return literals;
}

function pushParts({ children }: SyntaxNode, pending: SyntaxNode[]): void {
  for (const child of children) if (child.named && child.type !== 'comment' && child.type !== 'identifier') pending.push(child);
}

function isShown(node: SyntaxNode, text: string): boolean {
  const name = node.type === 'keyword_argument' ? childInField(node, 'name') : undefined;
  return name !== undefined && SHOWN.test(text.slice(name.start, name.end));
}

function readLiteral(node: SyntaxNode, text: string): readonly SecretFact[] {
  const value = /^[rub]{0,2}("""|'''|"|')([^]*)\1$/i.exec(text.slice(node.start, node.end))?.[2];
  if (value === undefined || value.length < 3 || node.parent?.type === 'expression_statement') return [];
  const place = placeOf(node, text);
  const secret = classifySecret(value, place.name);
  const isWeak = secret?.kind === 'guessable' || secret?.kind === 'placeholder';
  if (secret === undefined || (isWeak && place.isFallback)) return [];
  const name = (place.isFallback ? place.name : undefined) ?? secret.name;
  return [{ kind: secret.kind, name: detach(name), isFallback: place.isFallback, span: { start: node.start, end: node.end } }];
}

interface Place {
  readonly name: string | undefined;
  readonly isFallback: boolean;
}

const NOWHERE: Place = { name: undefined, isFallback: false };

/** What a value is bound to, through wrappers such as `SecretStr(…)`. */
function placeOf(node: SyntaxNode, text: string): Place {
  const { parent } = node;
  switch (parent?.type) {
    case 'parenthesized_expression':
      return placeOf(parent, text);
    case 'assignment':
      return node.field === 'right' ? named(childInField(parent, 'left'), text) : NOWHERE;
    case 'pair':
      return node.field === 'value' ? named(childInField(parent, 'key'), text) : NOWHERE;
    case 'default_parameter':
    case 'typed_default_parameter':
      return node.field === 'value' ? named(childInField(parent, 'name'), text) : NOWHERE;
    case 'keyword_argument':
      return placeOfKeyword(parent, text);
    case 'argument_list':
      return placeOfArgument(node, parent, text);
    default:
      return NOWHERE;
  }
}

function named(target: SyntaxNode | undefined, text: string): Place {
  const match = target === undefined ? null : /(\w+)["']?\]?$/.exec(text.slice(target.start, target.end));
  return { name: match?.[1], isFallback: false };
}

function placeOfKeyword(keyword: SyntaxNode, text: string): Place {
  const own = named(childInField(keyword, 'name'), text);
  const call = keyword.parent?.parent;
  const callee = calleeOf(call, text);
  if (call === undefined || callee === undefined) return own;
  if (own.name === 'key' && SIGNING_CALL.test(callee)) return { name: 'signing_key', isFallback: false };
  if (own.name !== 'default') return own;
  return LOOKUP.test(callee) ? lookedUp(call, text) : WRAPPER.test(callee) ? placeOf(call, text) : own;
}

function placeOfArgument(node: SyntaxNode, list: SyntaxNode, text: string): Place {
  const callee = calleeOf(list.parent, text);
  const position = namedChildren(list).indexOf(node);
  if (list.parent === undefined || callee === undefined) return NOWHERE;
  if (position === 1 && SIGNING_CALL.test(callee)) return { name: 'signing_key', isFallback: false };
  if (position === 1 && LOOKUP.test(callee)) return lookedUp(list.parent, text);
  return position === 0 && WRAPPER.test(callee) ? placeOf(list.parent, text) : NOWHERE;
}

function calleeOf(call: SyntaxNode | undefined, text: string): string | undefined {
  const callee = call?.type === 'call' ? childInField(call, 'function') : undefined;
  return callee === undefined ? undefined : text.slice(callee.start, callee.end);
}

/** `os.getenv("SECRET_KEY", …)` */
function lookedUp(call: SyntaxNode, text: string): Place {
  const list = childInField(call, 'arguments');
  return { ...named(list === undefined ? undefined : firstNamedChild(list), text), isFallback: true };
}
