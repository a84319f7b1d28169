import { childInField } from '../parse/child-in-field';
import { namedChildren } from '../parse/named-children';
import { parsePython } from '../parse/parse-python';
import type { SyntaxNode } from '../parse/syntax-node';
import type { PythonVersion } from '../python/python-version';
import { detach } from '../text/detach';
import { collectFacts } from './collect-facts';
import { describeStably } from './describe-symbol';
import { importText } from './import-text';
import type { FactCollector } from './fact-collector';
import type { Binding } from './scope';

/** What a text tells its project's surface beside its summary. */
export interface SurfaceText {
  /** By name: what binds it when the program runs, without bodies, values of variables and the order of a class's methods. */
  readonly signatures: ReadonlyMap<string, string>;
  /** Attributes that the text writes on what an import brought, in functions too: `state.pool = …`. */
  readonly importedStores: readonly ImportedStore[];
}

export interface ImportedStore {
  readonly importIndex: number;
  readonly importedNameIndex: number | undefined;
  readonly attributes: readonly string[];
}

export function describeSurface(text: string, version: PythonVersion): SurfaceText {
  const root = parsePython(text);
  const facts = collectFacts(root, text, version);
  const signatures = [...facts.moduleScope.names].map(([name, { bindings }]): [string, string] => [name, signatureOf(facts, bindings)]);
  return { signatures: new Map(signatures), importedStores: findImportedStores(root, facts) };
}

/** Overloads, branches of an `if` and fallbacks are all told: an importer may get any of them. */
function signatureOf(facts: FactCollector, bindings: readonly Binding[]): string {
  const running = bindings.filter(({ typeCheckingOnly, kind }) => !typeCheckingOnly && kind !== 'declaration');
  const shown = running.length > 0 ? running : bindings;
  return detach([...new Set(shown.map((binding) => bindingText(facts, binding)))].join('\n'));
}

const DEFINITIONS: ReadonlySet<string> = new Set(['function_definition', 'class_definition', 'assignment', 'type_alias_statement']);

/** A loop, a `with` and their like bind a name of which nothing more can be told. */
function bindingText(facts: FactCollector, { importIndex, importedNameIndex, node, span }: Binding): string {
  if (importIndex !== undefined) return importText(facts.imports[importIndex]!, importedNameIndex);
  return DEFINITIONS.has(node.type) ? describeStably(node, facts.text) : `${facts.textOf(span)} = ...`;
}

function findImportedStores(root: SyntaxNode, facts: FactCollector): readonly ImportedStore[] {
  if (facts.storedAttributes.size === 0) return [];
  const brought = importedNames(facts);
  const stores: ImportedStore[] = [];
  const pending = [root];
  while (pending.length > 0) {
    const node = pending.pop()!;
    pending.push(...node.children);
    const [name, ...attributes] = storedParts(node, facts) ?? [];
    if (name === undefined || attributes.length === 0) continue;
    for (const origin of brought.get(name) ?? []) stores.push({ ...origin, attributes });
  }
  return stores;
}

type Origin = Omit<ImportedStore, 'attributes'>;

function importedNames({ imports }: FactCollector): ReadonlyMap<string, readonly Origin[]> {
  const brought = new Map<string, Origin[]>();
  const note = (name: string, origin: Origin): void => {
    brought.set(name, [...(brought.get(name) ?? []), origin]);
  };
  for (const [importIndex, { boundName, names }] of imports.entries()) {
    if (boundName !== undefined) note(boundName, { importIndex, importedNameIndex: undefined });
    for (const [importedNameIndex, name] of names.entries()) note(name.boundName, { importIndex, importedNameIndex });
  }
  return brought;
}

/** The parts of `state.pool` where it is a target, and of `setattr(state, "pool", …)`. */
function storedParts(node: SyntaxNode, facts: FactCollector): readonly string[] | undefined {
  if (node.type === 'attribute') return isTarget(node) ? dotted(node, facts) : undefined;
  if (node.type !== 'call') return undefined;
  const callee = childInField(node, 'function');
  const list = childInField(node, 'arguments');
  if (callee === undefined || list === undefined || facts.textOf(callee) !== 'setattr') return undefined;
  const [object, name] = namedChildren(list);
  const parts = object === undefined ? undefined : dotted(object, facts);
  const stored = name?.type === 'string' ? /(\w+)["']+$/.exec(facts.textOf(name))?.[1] : undefined;
  return parts === undefined || stored === undefined ? undefined : [...parts, detach(stored)];
}

const GROUPS: ReadonlySet<string> = new Set(['pattern_list', 'tuple_pattern', 'list_pattern', 'list_splat_pattern', 'tuple', 'list']);

function isTarget(node: SyntaxNode): boolean {
  let child = node;
  let { parent } = node;
  while (parent !== undefined && GROUPS.has(parent.type)) {
    child = parent;
    ({ parent } = parent);
  }
  return parent !== undefined && childInField(parent, 'left') === child && parent.type !== 'comparison_operator';
}

function dotted(node: SyntaxNode, facts: FactCollector): readonly string[] | undefined {
  const parts: string[] = [];
  let current: SyntaxNode | undefined = node;
  while (current?.type === 'attribute') {
    parts.unshift(facts.nameOf(childInField(current, 'attribute')!));
    current = childInField(current, 'object');
  }
  return current?.type === 'identifier' ? [facts.nameOf(current), ...parts] : undefined;
}
