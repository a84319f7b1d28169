import { childInField } from '../../parse/child-in-field';
import { hasToken } from '../../parse/has-token';
import { namedChildren } from '../../parse/named-children';
import type { SyntaxNode } from '../../parse/syntax-node';
import type { FactCollector } from '../fact-collector';
import { BindingIndex } from './binding-index';
import type { Expression, Reference } from './expression';
import { listLooseUses } from './list-loose-uses';
import type { ModelCall } from './model-facts';
import { readClassMembers } from './read-class-members';
import { readExpression, readReference, type ReadContext } from './read-expression';
import { readModelCall } from './read-model-call';
import { readParameters } from './read-parameters';
import type { AssignmentFacts, ClassFacts, FunctionFacts, Place, ServiceFacts, WiringCall } from './service-facts';

const WIRING_METHODS = new Set(['include_router', 'mount', 'add_api_route', 'add_route', 'add_api_websocket_route', 'add_websocket_route']);
const BRANCHES = new Set([
  'if_statement',
  'for_statement',
  'while_statement',
  'try_statement',
  'match_statement',
  'conditional_expression',
  'boolean_operator',
  'lambda',
  'list_comprehension',
  'set_comprehension',
  'dictionary_comprehension',
  'generator_expression',
]);
const PLAIN_VALUES = new Set([
  'integer',
  'float',
  'string',
  'concatenated_string',
  'true',
  'false',
  'list',
  'dictionary',
  'set',
  'tuple',
  'list_comprehension',
  'dictionary_comprehension',
  'set_comprehension',
]);
const DYNAMIC_LOOKUP =
  /\b(import_module|__import__|walk_packages|iter_modules|find_modules|spec_from_file_location|sys\.modules|globals)\b/;

/** A function while its body is walked. */
type OpenFunction = { -readonly [Key in keyof FunctionFacts]: FunctionFacts[Key] } & { calls: Reference[]; returned: string[] };

interface Visit {
  readonly node: SyntaxNode;
  readonly owner: OpenFunction | undefined;
  /** The class whose body this is directly. */
  readonly methods: FunctionFacts[] | undefined;
  readonly conditional: boolean;
  readonly isDeferred: boolean;
}

/** Reads what a file wires: one walk over its tree, in source order. */
export function collectServiceFacts(root: SyntaxNode, facts: FactCollector): ServiceFacts {
  const collector = new ServiceCollector(facts);
  const pending: Visit[] = [{ node: root, owner: undefined, methods: undefined, conditional: false, isDeferred: false }];
  while (pending.length > 0) pending.push(...[...collector.visit(pending.pop()!)].reverse());
  return collector.finish();
}

class ServiceCollector {
  private readonly bindings: BindingIndex;
  private readonly context: ReadContext;
  private readonly assignments: AssignmentFacts[] = [];
  private readonly functions: OpenFunction[] = [];
  private readonly classes: ClassFacts[] = [];
  private readonly wiring: WiringCall[] = [];
  private readonly modelCalls: ModelCall[] = [];

  constructor(private readonly facts: FactCollector) {
    this.bindings = new BindingIndex(facts);
    this.context = { text: facts.text, bindings: this.bindings };
  }

  finish(): ServiceFacts {
    const functions = this.functions.map(({ returned, ...rest }) => ({
      ...rest,
      returnsPlainValue: returned.length > 0 && returned.every((type) => PLAIN_VALUES.has(type)),
    }));
    return {
      assignments: this.assignments,
      functions,
      classes: this.classes,
      wiring: this.wiring,
      modelCalls: this.modelCalls,
      looseUses: listLooseUses(this.facts, this.bindings, { assignments: this.assignments, functions, wiring: this.wiring }),
      ambiguousImports: this.bindings.ambiguousImports(),
      hasDynamicLookup: DYNAMIC_LOOKUP.test(this.facts.text),
    };
  }

  visit(visit: Visit): readonly Visit[] {
    const { node } = visit;
    switch (node.type) {
      case 'function_definition':
        return this.openFunction(visit);
      case 'class_definition':
        return this.openClass(visit);
      case 'assignment':
      case 'type_alias_statement':
        this.noteAssignment(visit);
        break;
      case 'call':
        this.noteCall(visit);
        break;
      case 'yield':
        if (visit.owner !== undefined && !visit.isDeferred) visit.owner.isGenerator = true;
        break;
      case 'return_statement':
        visit.owner?.returned.push(namedChildren(node)[0]?.type ?? 'none');
        break;
    }
    const isBranch = BRANCHES.has(node.type);
    const isDeferred = visit.isDeferred || node.type === 'lambda' || node.type === 'generator_expression';
    const methods = isBranch || node.type === 'block' || node.type === 'decorated_definition' ? visit.methods : undefined;
    const inner = { ...visit, methods, isDeferred, conditional: visit.conditional || isBranch };
    return node.children.filter(({ named }) => named).map((child) => ({ ...inner, node: child }));
  }

  private openFunction(visit: Visit): readonly Visit[] {
    const { node } = visit;
    const name = childInField(node, 'name');
    if (name === undefined) return [];
    const opened: OpenFunction = {
      name: this.facts.textOf(name),
      nameSpan: { start: name.start, end: name.end },
      variable: this.bindings.variableAt(name.start),
      offset: node.start,
      isAsync: hasToken(node, 'async'),
      isGenerator: false,
      returnsPlainValue: false,
      parameters: readParameters(childInField(node, 'parameters'), this.context),
      returns: this.read(childInField(node, 'return_type')),
      decorators: this.decoratorsOf(node),
      place: this.placeOf(visit, node.start),
      calls: [],
      returned: endsInReturn(childInField(node, 'body')) ? [] : ['none'],
    };
    if (visit.methods === undefined) this.functions.push(opened);
    else visit.methods.push(opened);
    const inner: Visit = { node, owner: opened, methods: undefined, conditional: false, isDeferred: false };
    return [
      ...namedChildren(node)
        .filter(({ field }) => field === 'parameters' || field === 'return_type')
        .map((child) => ({ ...visit, methods: undefined, node: child })),
      ...node.children.filter(({ field }) => field === 'body').map((child) => ({ ...inner, node: child })),
    ];
  }

  private openClass(visit: Visit): readonly Visit[] {
    const { node } = visit;
    const name = childInField(node, 'name');
    if (name === undefined) return [];
    const bases = childInField(node, 'superclasses');
    const listed = bases === undefined ? [] : namedChildren(bases);
    const methods: FunctionFacts[] = [];
    this.classes.push({
      name: this.facts.textOf(name),
      variable: this.bindings.variableAt(name.start),
      bases: listed.filter(({ type }) => type !== 'keyword_argument').map((base) => readExpression(base, this.context)),
      hasKeywords: listed.some(({ type }) => type === 'keyword_argument'),
      isDecorated: node.parent?.type === 'decorated_definition',
      methods,
      ...readClassMembers(childInField(node, 'body'), this.context),
    });
    return [
      ...listed.map((child) => ({ ...visit, methods: undefined, node: child })),
      ...node.children.filter(({ field }) => field === 'body').map((child) => ({ ...visit, methods, node: child })),
    ];
  }

  private noteAssignment(visit: Visit): void {
    const left = unwrapName(childInField(visit.node, 'left'));
    const value = this.read(childInField(visit.node, 'right'));
    const variable = left === undefined ? undefined : this.bindings.variableAt(left.start);
    if (left === undefined || variable === undefined || value === undefined || value.kind === 'other') return;
    const span = { start: left.start, end: left.end };
    this.assignments.push({ variable, name: this.facts.textOf(left), value, span, place: this.placeOf(visit, left.start) });
  }

  private noteCall(visit: Visit): void {
    const callee = childInField(visit.node, 'function');
    if (callee === undefined) return;
    if (callee.type === 'attribute') this.noteWiring(visit, callee);
    const model = readModelCall(visit.node, this.context);
    if (model !== undefined) this.modelCalls.push(model);
    if (visit.owner === undefined || visit.isDeferred) return;
    const reference = readReference(callee, this.context);
    if (reference?.binding.kind === 'import') visit.owner.calls.push(reference);
  }

  private noteWiring(visit: Visit, callee: SyntaxNode): void {
    const attribute = childInField(callee, 'attribute');
    const object = childInField(callee, 'object');
    const method = attribute === undefined ? '' : this.facts.textOf(attribute);
    if (object === undefined || !WIRING_METHODS.has(method)) return;
    const call = readExpression(visit.node, this.context);
    if (call.kind !== 'call') return;
    this.wiring.push({ method, object: readReference(object, this.context), call, place: this.placeOf(visit, visit.node.start) });
  }

  private decoratorsOf(node: SyntaxNode): readonly Expression[] {
    const decorated = node.parent?.type === 'decorated_definition' ? node.parent : undefined;
    return (decorated?.children ?? [])
      .filter(({ type }) => type === 'decorator')
      .flatMap((decorator) => namedChildren(decorator).map((expression) => readExpression(expression, this.context)));
  }

  private read(node: SyntaxNode | undefined): Expression | undefined {
    return node === undefined ? undefined : readExpression(node, this.context);
  }

  private placeOf({ owner, conditional, methods }: Visit, offset: number): Place {
    return { functionOffset: owner?.offset, conditional: conditional || methods !== undefined, offset };
  }
}

/** `type X = …` wraps the name it binds. */
function unwrapName(node: SyntaxNode | undefined): SyntaxNode | undefined {
  const inner = node?.type === 'type' ? namedChildren(node)[0] : node;
  return inner?.type === 'identifier' ? inner : undefined;
}

/** Otherwise the call may also give `None`. */
function endsInReturn(body: SyntaxNode | undefined): boolean {
  return body !== undefined && namedChildren(body).at(-1)?.type === 'return_statement';
}
