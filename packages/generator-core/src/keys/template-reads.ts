import { Template } from '@huggingface/jinja';

/** What a template takes of its view: a value, or no more of it than whether it holds (`truth`) or how many it has (`length`). */
export interface TemplateRead {
  /** `['spec', 'auth']`; nothing that is below it is listed when the whole is taken. */
  readonly path: readonly string[];
  readonly take: 'value' | 'truth' | 'length';
}

/**
 * What a template can take of its view, by its syntax alone: a text is a function of these values, whatever else the view has.
 * Names that the template binds itself count as names of the view: that can only list too much.
 */
export function templateReads(source: string): readonly TemplateRead[] {
  const known = readsOf.get(source);
  if (known !== undefined) return known;
  const reads = new Map<string, TemplateRead>();
  visit(new Template(source).parsed, (path, take) => reads.set(`${take} ${path.join('.')}`, { path, take }));
  const listed = [...reads].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, read]) => read);
  readsOf.set(source, listed);
  return listed;
}

/** By source: templates ship with the package, and are asked for each of a service's files. */
const readsOf = new Map<string, readonly TemplateRead[]>();

type Note = (path: readonly string[], take: TemplateRead['take']) => void;

/** A node of Jinja's tree, of which only what is looked at is told. */
interface Node {
  readonly type: string;
  readonly [member: string]: unknown;
}

function visit(value: unknown, note: Note): void {
  if (Array.isArray(value)) for (const item of value) visit(item, note);
  else if (value instanceof Map) for (const pair of value) visit(pair, note);
  else if (isNode(value)) visitNode(value, note);
}

function visitNode(node: Node, note: Note): void {
  const path = pathOf(node);
  if (path !== undefined) return note(path, 'value');
  switch (node.type) {
    case 'MemberExpression':
      return visit(node['computed'] === true ? [node['object'], node['property']] : node['object'], note);
    case 'CallExpression':
      // A method may read all of its object: `values.items()`.
      visit((node['callee'] as Node).type === 'MemberExpression' ? (node['callee'] as Node)['object'] : node['callee'], note);
      return visit(node['args'], note);
    case 'If':
      visitTest(node['test'], note);
      return visit([node['body'], node['alternate']], note);
    case 'Ternary':
      visitTest(node['condition'], note);
      return visit([node['trueExpr'], node['falseExpr']], note);
    case 'SelectExpression':
      visitTest(node['test'], note);
      return visit(node['lhs'], note);
    case 'FilterExpression': {
      const operand = pathOf(node['operand'] as Node);
      if (operand !== undefined && isNamed(node['filter'], 'length')) return note(operand, 'length');
      return visit([node['operand'], node['filter']], note);
    }
    default:
      return visit(Object.values(node), note);
  }
}

/** Of what is tested only the truth matters, also of its parts. */
function visitTest(test: unknown, note: Note): void {
  if (!isNode(test)) return;
  const path = pathOf(test);
  if (path !== undefined) return note(path, 'truth');
  if (test.type === 'UnaryExpression') return visitTest(test['argument'], note);
  if (test.type === 'BinaryExpression' && ['and', 'or'].includes((test['operator'] as { readonly value: string }).value)) {
    visitTest(test['left'], note);
    return visitTest(test['right'], note);
  }
  visit(test, note);
}

/** `spec.auth.roles`; undefined for what is more than names joined by dots. */
function pathOf(node: Node): readonly string[] | undefined {
  if (node.type === 'Identifier') return [node['value'] as string];
  if (node.type !== 'MemberExpression' || node['computed'] === true) return undefined;
  const object = pathOf(node['object'] as Node);
  return object === undefined ? undefined : [...object, String((node['property'] as Node)['value'])];
}

function isNamed(node: unknown, name: string): boolean {
  return isNode(node) && node.type === 'Identifier' && node['value'] === name;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as { readonly type?: unknown }).type === 'string';
}
