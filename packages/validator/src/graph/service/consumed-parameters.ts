import type { CallExpression, Expression } from '../../extract/service/expression';
import type { ClassFacts, ParameterFacts } from '../../extract/service/service-facts';
import type { Definition, DefinitionIndex } from './definition-index';
import { readDependency } from './list-dependencies';
import { readParameter } from './read-parameter';

/** The names a route and its dependencies may take from the path. */
export interface Consumed {
  readonly names: ReadonlySet<string>;
  /** False when something on the way is not known, or reads the request itself. */
  readonly isComplete: boolean;
}

/** Types that hide no dependency. */
const PLAIN_TYPE =
  /^(\w+|(typing|uuid|datetime|decimal|enum|collections|pathlib|ipaddress|fastapi|pydantic|starlette|sqlalchemy|sqlmodel)\..+)$/;
const REQUEST_TYPE = /(^|\.)(Request|HTTPConnection|WebSocket)$/;

/** Walks signatures and the dependencies they name, through aliases, classes and factories, each once. */
export class ConsumedParameters {
  private readonly names = new Set<string>();
  private readonly seen = new Set<unknown>();
  private readonly pending: { readonly path: string; readonly parameters: readonly ParameterFacts[] }[] = [];
  private isComplete = true;

  constructor(private readonly index: DefinitionIndex) {}

  addSignature(path: string, parameters: readonly ParameterFacts[]): void {
    if (this.seen.has(parameters)) return;
    this.seen.add(parameters);
    this.pending.push({ path, parameters });
  }

  /** `dependencies=[Depends(…)]` of a route, a router, an application or an inclusion. */
  addDependencyList(path: string, call: CallExpression): void {
    const list = call.keywords['dependencies'];
    if (call.hasSplat) this.isComplete = false;
    if (list === undefined || list.kind === 'none') return;
    if (list.kind !== 'sequence') this.isComplete = false;
    else for (const item of list.items) this.addMark(path, item, undefined);
  }

  finish(): Consumed {
    for (let next = this.pending.pop(); next !== undefined; next = this.pending.pop()) {
      for (const parameter of next.parameters) this.addParameter(next.path, parameter);
    }
    return { names: this.names, isComplete: this.isComplete };
  }

  private addParameter(path: string, parameter: ParameterFacts): void {
    if (parameter.isVariadic) return;
    this.names.add(parameter.name);
    const { type, marks, isComplete } = readParameter(path, parameter, this.index);
    if (!isComplete) this.isComplete = false;
    for (const { path: file, call } of marks) this.addMark(file, call, type);
    const isDependency = marks.some((mark) => readDependency(mark.path, mark.call, this.index) !== undefined);
    if (type !== undefined && !isDependency && !this.isPlain(type.path, type.expression)) this.isComplete = false;
  }

  private addMark(path: string, expression: Expression, type: { path: string; expression: Expression } | undefined): void {
    const use = readDependency(path, expression, this.index);
    if (use !== undefined) {
      const target = use.dependency === undefined ? type : { path, expression: use.dependency };
      if (target === undefined) this.isComplete = false;
      else this.addDependency(target.path, target.expression);
      return;
    }
    if (expression.kind !== 'call') this.isComplete = false;
    else this.addField(path, expression);
  }

  /** `Path(alias="item-id")` */
  private addField(path: string, call: CallExpression): void {
    const alias = this.index.textOf(path, call.keywords['alias'], '');
    if (alias === undefined || call.hasSplat || this.index.externalName(path, call.callee) === undefined) this.isComplete = false;
    else if (alias !== '') this.names.add(alias);
  }

  private isPlain(path: string, expression: Expression): boolean {
    const pending = [expression];
    while (pending.length > 0) {
      const next = pending.pop()!;
      if (next.kind === 'union') pending.push(...next.items);
      else if (next.kind === 'subscript') pending.push(next.value);
      else if (next.kind === 'reference') {
        const name = this.index.externalName(path, next);
        const isOwn = this.index.definitionOf(path, next) !== undefined;
        if (!isOwn && (name === undefined || !PLAIN_TYPE.test(name) || REQUEST_TYPE.test(name))) return false;
      } else if (next.kind !== 'none') return false;
    }
    return true;
  }

  private addDependency(path: string, expression: Expression): void {
    const isMade = expression.kind === 'call';
    const definition = this.index.definitionOf(path, isMade ? expression.callee : expression);
    if (definition?.kind === 'assignment' && !isMade && definition.assignment.value.kind === 'call') {
      this.addMade(definition.path, definition.assignment.value);
    } else if (isMade) this.addMade(path, expression);
    else if (definition === undefined) this.addOuter(path, expression);
    else this.addCalled(definition);
  }

  /** `Depends(Guard("x"))`, `Depends(require("x"))`: what the object or the inner function takes. */
  private addMade(path: string, call: CallExpression): void {
    const definition = this.index.definitionOf(path, call.callee);
    if (definition?.kind === 'class') this.addMethod(definition, '__call__');
    else if (definition?.kind === 'function') {
      const { functions } = this.index.project.summaries.get(definition.path)!.service!;
      const inner = functions.filter(({ place }) => place.functionOffset === definition.definition.offset);
      if (inner.length === 0) this.isComplete = false;
      for (const { parameters } of inner) this.addSignature(definition.path, parameters);
    } else this.addOuter(path, call.callee);
  }

  private addCalled(definition: Definition): void {
    if (definition.kind === 'class') this.addMethod(definition, '__init__');
    else if (definition.kind === 'function' && definition.definition.decorators.length === 0)
      this.addSignature(definition.path, definition.definition.parameters);
    else this.isComplete = false;
  }

  private addMethod({ path, definition }: { readonly path: string; readonly definition: ClassFacts }, name: string): void {
    const method = definition.methods.find((each) => each.name === name);
    if (method === undefined || definition.isDecorated || method.decorators.length > 0) this.isComplete = false;
    else this.addSignature(path, method.parameters);
  }

  /** FastAPI's own security schemes and forms take nothing from the path. */
  private addOuter(path: string, expression: Expression): void {
    if (this.index.externalName(path, expression)?.startsWith('fastapi.security.') !== true) this.isComplete = false;
  }
}
