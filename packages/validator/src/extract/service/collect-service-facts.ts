import { childInField } from '../../parse/child-in-field';
import { hasToken } from '../../parse/has-token';
import { firstNamedChild } from '../../parse/first-named-child';
import { lastNamedChild } from '../../parse/last-named-child';
import { namedChildren } from '../../parse/named-children';
import type { SyntaxNode } from '../../parse/syntax-node';
import type { FactCollector } from '../fact-collector';
import { BindingIndex } from './binding-index';
import type { CheckedCall } from './checked-call';
import type { Expression, Reference } from './expression';
import { listLooseUses } from './list-loose-uses';
import type { ModelCall } from './model-facts';
import { readCheckedCall } from './read-checked-call';
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
interface OpenFunction {
  readonly facts: { -readonly [Key in keyof FunctionFacts]: FunctionFacts[Key] };
  readonly calls: Reference[];
  /** So far. */
  returnsPlainValue: boolean;
}

/** What is true of a node from those around it; shared by all nodes it is true of. */
interface Surroundings {
  readonly owner: OpenFunction | undefined;
  /** The class whose body this is directly. */
  readonly methods: FunctionFacts[] | undefined;
  readonly conditional: boolean;
  readonly isDeferred: boolean;
}

const MODULE: Surroundings = { owner: undefined, methods: undefined, conditional: false, isDeferred: false };

/** Reads what a file wires: one walk over its tree, in source order. */
export function collectServiceFacts(root: SyntaxNode, facts: FactCollector): ServiceFacts {
  const collector = new ServiceCollector(facts);
  collector.walk(root);
  return collector.finish();
}

class ServiceCollector {
  private readonly bindings: BindingIndex;
  private readonly context: ReadContext;
  private readonly assignments: AssignmentFacts[] = [];
  private readonly functions: OpenFunction[] = [];
  private readonly classes: ClassFacts[] = [];
  private readonly wiring: WiringCall[] = [];
  private readonly nodes: SyntaxNode[] = [];
  private readonly places: Surroundings[] = [];
  private readonly modelCalls: ModelCall[] = [];
  private readonly checkedCalls: CheckedCall[] = [];

  constructor(private readonly facts: FactCollector) {
    this.bindings = new BindingIndex(facts);
    this.context = { facts, bindings: this.bindings };
  }

  walk(root: SyntaxNode): void {
    this.push(root, MODULE);
    for (let node = this.nodes.pop(); node !== undefined; node = this.nodes.pop()) this.visit(node, this.places.pop()!);
  }

  finish(): ServiceFacts {
    for (const { facts, returnsPlainValue } of this.functions) facts.returnsPlainValue = returnsPlainValue;
    const functions = this.functions.map(({ facts }) => facts);
    return {
      assignments: this.assignments,
      functions,
      classes: this.classes,
      wiring: this.wiring,
      checkedCalls: this.checkedCalls,
      ambiguousImports: this.bindings.ambiguousImports(),
      hasDynamicLookup: DYNAMIC_LOOKUP.test(this.facts.text),
      modelCalls: this.modelCalls,
      looseUses: listLooseUses(this.facts, this.bindings, { assignments: this.assignments, functions, wiring: this.wiring }),
    };
  }

  /** The stack gives back last what is pushed first. A leaf wires nothing. */
  private push(node: SyntaxNode, place: Surroundings): void {
    if (node.children.length === 0) return;
    this.nodes.push(node);
    this.places.push(place);
  }

  private pushChildren({ children }: SyntaxNode, place: Surroundings): void {
    for (let index = children.length - 1; index >= 0; index -= 1) if (children[index]!.named) this.push(children[index]!, place);
  }

  private visit(node: SyntaxNode, place: Surroundings): void {
    switch (node.type) {
      case 'function_definition':
        return this.openFunction(node, place);
      case 'class_definition':
        return this.openClass(node, place);
      case 'assignment':
      case 'type_alias_statement':
        this.noteAssignment(node, place);
        break;
      case 'call':
        this.noteCall(node, place);
        break;
      case 'yield':
        if (place.owner !== undefined && !place.isDeferred) place.owner.facts.isGenerator = true;
        break;
      case 'return_statement':
        noteReturn(place.owner, node);
        break;
    }
    this.pushChildren(node, below(node, place));
  }

  private openFunction(node: SyntaxNode, place: Surroundings): void {
    const name = childInField(node, 'name');
    if (name === undefined) return;
    const body = childInField(node, 'body');
    const calls: Reference[] = [];
    const facts: FunctionFacts = {
      name: this.facts.nameOf(name),
      nameSpan: { start: name.start, end: name.end },
      variable: this.bindings.variableAt(name.start),
      offset: node.start,
      isAsync: hasToken(node, 'async'),
      isGenerator: false,
      returnsPlainValue: false,
      parameters: readParameters(childInField(node, 'parameters'), this.context),
      returns: this.read(childInField(node, 'return_type')),
      decorators: this.decoratorsOf(node),
      place: placeAt(node.start, place),
      calls,
    };
    const opened: OpenFunction = { facts, calls, returnsPlainValue: endsInReturn(body) };
    if (place.methods === undefined) this.functions.push(opened);
    else place.methods.push(facts);
    this.pushFunction(node, opened, outsideClass(place));
  }

  private pushFunction({ children }: SyntaxNode, owner: OpenFunction, outer: Surroundings): void {
    const inner: Surroundings = { owner, methods: undefined, conditional: false, isDeferred: false };
    for (const child of children) if (child.field === 'body') this.push(child, inner);
    for (let index = children.length - 1; index >= 0; index -= 1) {
      const child = children[index]!;
      if (child.named && (child.field === 'parameters' || child.field === 'return_type')) this.push(child, outer);
    }
  }

  private openClass(node: SyntaxNode, place: Surroundings): void {
    const name = childInField(node, 'name');
    if (name === undefined) return;
    const bases = childInField(node, 'superclasses');
    const listed = bases === undefined ? [] : namedChildren(bases);
    const methods: FunctionFacts[] = [];
    this.classes.push({
      name: this.facts.nameOf(name),
      variable: this.bindings.variableAt(name.start),
      bases: listed.filter(({ type }) => type !== 'keyword_argument').map((base) => readExpression(base, this.context)),
      hasKeywords: listed.some(({ type }) => type === 'keyword_argument'),
      isDecorated: node.parent?.type === 'decorated_definition',
      methods,
      ...readClassMembers(childInField(node, 'body'), this.context),
    });
    for (const child of node.children) if (child.field === 'body') this.push(child, { ...place, methods });
    if (bases !== undefined) this.pushChildren(bases, outsideClass(place));
  }

  private noteAssignment(node: SyntaxNode, place: Surroundings): void {
    const left = unwrapName(childInField(node, 'left'));
    const right = childInField(node, 'right');
    const variable = left === undefined || right === undefined ? undefined : this.bindings.variableAt(left.start);
    if (left === undefined || variable === undefined) return;
    const value = readExpression(right!, this.context);
    if (value.kind === 'other') return;
    const span = { start: left.start, end: left.end };
    this.assignments.push({ variable, name: this.facts.nameOf(left), value, span, place: placeAt(left.start, place) });
  }

  private noteCall(node: SyntaxNode, place: Surroundings): void {
    const callee = childInField(node, 'function');
    if (callee === undefined) return;
    if (callee.type === 'attribute') this.noteWiring(node, callee, place);
    const model = readModelCall(node, this.context);
    if (model !== undefined) this.modelCalls.push(model);
    const checked = readCheckedCall(node, place.owner?.facts.offset, this.context);
    if (checked !== undefined) this.checkedCalls.push(checked);
    if (place.owner === undefined || place.isDeferred || !this.bindings.isImport(callee.start)) return;
    const reference = readReference(callee, this.context);
    if (reference !== undefined) place.owner.calls.push(reference);
  }

  private noteWiring(node: SyntaxNode, callee: SyntaxNode, place: Surroundings): void {
    const attribute = childInField(callee, 'attribute');
    const object = childInField(callee, 'object');
    const method = attribute === undefined ? '' : this.facts.nameOf(attribute);
    if (object === undefined || !WIRING_METHODS.has(method)) return;
    const call = readExpression(node, this.context);
    if (call.kind !== 'call') return;
    this.wiring.push({ method, object: readReference(object, this.context), call, place: placeAt(node.start, place) });
  }

  private decoratorsOf({ parent }: SyntaxNode): readonly Expression[] {
    if (parent?.type !== 'decorated_definition') return [];
    const decorators = parent.children.filter(({ type }) => type === 'decorator');
    return decorators.flatMap((decorator) => namedChildren(decorator).map((expression) => readExpression(expression, this.context)));
  }

  private read(node: SyntaxNode | undefined): Expression | undefined {
    return node === undefined ? undefined : readExpression(node, this.context);
  }
}

function placeAt(offset: number, { owner, conditional, methods }: Surroundings): Place {
  return { functionOffset: owner?.facts.offset, conditional: conditional || methods !== undefined, offset };
}

/** What surrounds the children of a node that opens neither a function nor a class. */
function below({ type }: SyntaxNode, place: Surroundings): Surroundings {
  if (BRANCHES.has(type)) {
    const isDeferred = place.isDeferred || type === 'lambda' || type === 'generator_expression';
    return place.conditional && isDeferred === place.isDeferred ? place : { ...place, conditional: true, isDeferred };
  }
  return type === 'block' || type === 'decorated_definition' ? place : outsideClass(place);
}

function outsideClass(place: Surroundings): Surroundings {
  return place.methods === undefined ? place : { ...place, methods: undefined };
}

function noteReturn(owner: OpenFunction | undefined, statement: SyntaxNode): void {
  if (owner === undefined || !owner.returnsPlainValue) return;
  const value = firstNamedChild(statement);
  owner.returnsPlainValue = value !== undefined && PLAIN_VALUES.has(value.type);
}

/** `type X = …` wraps the name it binds. */
function unwrapName(node: SyntaxNode | undefined): SyntaxNode | undefined {
  const inner = node?.type === 'type' ? firstNamedChild(node) : node;
  return inner?.type === 'identifier' ? inner : undefined;
}

/** Otherwise the call may also give `None`. */
function endsInReturn(body: SyntaxNode | undefined): boolean {
  return body !== undefined && lastNamedChild(body)?.type === 'return_statement';
}
