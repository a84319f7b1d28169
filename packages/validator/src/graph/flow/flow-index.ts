import type { FlowExpression, FlowFacts, FlowFunction } from '../../extract/flow/flow-facts';
import { readFlowFacts } from '../../extract/flow/read-flow-facts';
import type { Expression, Reference } from '../../extract/service/expression';
import type { Span } from '../../text/span';
import { stageKey } from '../../algorithms/read-memo';
import type { DefinitionIndex } from '../service/definition-index';
import type { Target } from '../service/reference-resolver';

/** A function of the project. */
export interface FoundFunction {
  readonly path: string;
  readonly flow: FlowFunction;
}

export interface FoundClassName {
  readonly path: string;
  readonly name: string;
}

interface ImportOrigin {
  readonly importIndex: number;
  readonly importedNameIndex: number | undefined;
}

const TARGETS = 'flow targets';
const NOWHERE: Span = { start: 0, end: 0 };
const MOST_BASES = 30;

/** Finds functions, methods and fields by name in the whole project. */
export class FlowIndex {
  private readonly files = new WeakMap<FlowFacts, { byOffset: Map<number, FlowFunction>; methods: Map<string, FlowFunction> }>();

  constructor(readonly definitions: DefinitionIndex) {}

  functionAt(path: string, offset: number): FoundFunction | undefined {
    const flow = this.fileOf(path).byOffset.get(offset);
    return flow === undefined ? undefined : { path, flow };
  }

  /** The method a class has or inherits. */
  methodOf(start: FoundClassName, method: string): FoundFunction | undefined {
    for (const { path, name } of this.lineage(start)) {
      const flow = this.fileOf(path).methods.get(`${name}.${method}`);
      if (flow !== undefined) return { path, flow };
    }
    return undefined;
  }

  fieldOf(
    start: FoundClassName,
    field: string,
  ): { readonly path: string; readonly annotation: Expression; readonly value: Expression } | undefined {
    for (const { path, name } of this.lineage(start)) {
      const found = this.classAt(path, name)?.fields.find((each) => each.name === field);
      if (found !== undefined)
        return { path, annotation: this.toExpression(path, found.annotation), value: this.toExpression(path, found.value) };
    }
    return undefined;
  }

  hasFields(start: FoundClassName): boolean {
    return [...this.lineage(start)].some(({ path, name }) => (this.classAt(path, name)?.fields.length ?? 0) > 0);
  }

  /** What a dotted name of the module itself stands for. */
  resolve(path: string, names: readonly string[]): Target {
    const { memo, resolver } = this.definitions;
    return memo.compute(stageKey(TARGETS, `${path}#${names.join('.')}`), () => resolver.resolve(path, this.referenceTo(path, names)));
  }

  /** What a dotted name stands for that begins with what an import inside a function binds. */
  resolveImported(path: string, names: readonly string[], origin: ImportOrigin): Target {
    const { memo, resolver } = this.definitions;
    const key = `${path}#${names.join('.')}@${origin.importIndex}.${origin.importedNameIndex}`;
    return memo.compute(stageKey(TARGETS, key), () => resolver.resolve(path, { names, binding: { ...origin, kind: 'import' } }));
  }

  /** The same expression as the facts about wiring have it. */
  toExpression(path: string, expression: FlowExpression): Expression {
    switch (expression.kind) {
      case 'name':
      case 'attribute': {
        const names = dottedNames(expression);
        return names === undefined ? other : { kind: 'reference', reference: this.referenceTo(path, names), span: expression.span };
      }
      case 'subscript': {
        const items = expression.key.kind === 'collection' ? expression.key.items : [expression.key];
        const value = this.toExpression(path, expression.object);
        return { kind: 'subscript', value, items: items.map((item) => this.toExpression(path, item)), span: NOWHERE };
      }
      case 'test':
        return { kind: 'union', items: expression.items.map((item) => this.toExpression(path, item)), span: NOWHERE };
      case 'text':
        return { kind: 'text', value: expression.value, span: NOWHERE };
      case 'call':
        return {
          kind: 'call',
          callee: this.toExpression(path, expression.callee),
          positional: expression.positional.map((item) => this.toExpression(path, item)),
          keywords: Object.fromEntries(expression.keywords.map(({ name, value }) => [name, this.toExpression(path, value)])),
          hasSplat: expression.splats.length > 0,
          span: expression.span,
        };
      default:
        return other;
    }
  }

  private referenceTo(path: string, names: readonly string[]): Reference {
    const symbol = this.definitions.project.named.summaries.get(path)?.symbols.get(names[0]!);
    const binding: Reference['binding'] =
      symbol === undefined
        ? { kind: 'free' }
        : symbol.origin === undefined
          ? { kind: 'variable', variable: symbol.name }
          : { kind: 'import', ...symbol.origin };
    return { names, span: NOWHERE, binding };
  }

  /** Nothing for a file that is not there. */
  flowIn(path: string): FlowFacts {
    this.definitions.memo.note(flowKey(path));
    const summary = this.definitions.project.summaries.get(path);
    return summary === undefined ? NOTHING : readFlowFacts(summary);
  }

  private classAt(path: string, name: string) {
    return this.flowIn(path).classes.find((each) => each.name === name);
  }

  /** The class and its ancestors in the project, nearest first. */
  private *lineage(start: FoundClassName): Iterable<FoundClassName> {
    const pending = [start];
    for (let count = 0; pending.length > 0 && count < MOST_BASES; count += 1) {
      const next = pending.shift()!;
      yield next;
      for (const base of this.classAt(next.path, next.name)?.bases ?? []) {
        const read = this.toExpression(next.path, base.kind === 'subscript' ? base.object : base);
        const found = this.definitions.definitionOf(next.path, read);
        if (found?.kind === 'class') pending.push({ path: found.path, name: found.definition.name });
      }
    }
  }

  private fileOf(path: string) {
    const facts = this.flowIn(path);
    const known = this.files.get(facts);
    if (known !== undefined) return known;
    const { functions } = facts;
    const read = {
      byOffset: new Map(functions.map((flow) => [flow.offset, flow])),
      methods: new Map(
        functions.flatMap((flow) => (flow.className === undefined ? [] : [[`${flow.className}.${flow.name}`, flow] as const])),
      ),
    };
    this.files.set(facts, read);
    return read;
  }
}

const NOTHING: FlowFacts = { functions: [], classes: [] };

/** Read by whoever reads the bodies of a file. */
export function flowKey(path: string): string {
  return `bodies\0${path}`;
}

const other: Expression = { kind: 'other', span: NOWHERE };

/** `a`, `b`, `c` of `a.b.c`; undefined when it begins with anything but a name. */
export function dottedNames(expression: FlowExpression): readonly string[] | undefined {
  const names: string[] = [];
  let current = expression;
  for (; current.kind === 'attribute'; current = current.object) names.unshift(current.name);
  return current.kind === 'name' ? [current.name, ...names] : undefined;
}
