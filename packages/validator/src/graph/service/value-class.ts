import type { Expression } from '../../extract/service/expression';
import type { ParameterFacts } from '../../extract/service/service-facts';
import type { Definition, DefinitionIndex } from './definition-index';
import { readParameter } from './read-parameter';

type ClassDefinition = Extract<Definition, { kind: 'class' }>;

/** Tells of which class of the project a value is: made by a call of it, or a parameter annotated with it. */
export class ValueClasses {
  private readonly parameters = new Map<string, ReadonlyMap<number, ParameterFacts>>();

  constructor(private readonly index: DefinitionIndex) {}

  classOf(path: string, value: Expression | undefined): ClassDefinition | undefined {
    if (value?.kind === 'call') return this.definedBy(path, value.callee);
    if (value?.kind !== 'reference') return undefined;
    const { names, binding } = value.reference;
    if (names.length !== 1 || binding.kind !== 'variable') return undefined;
    const parameter = this.parametersOf(path).get(Number(binding.variable.split('@')[1]));
    if (parameter !== undefined) return this.annotatedClass(path, parameter);
    const definition = this.index.definitionOf(path, value);
    const made = definition?.kind === 'assignment' ? definition.assignment.value : undefined;
    return made?.kind === 'call' ? this.definedBy(path, made.callee) : undefined;
  }

  private annotatedClass(path: string, parameter: ParameterFacts): ClassDefinition | undefined {
    const { type, isComplete } = readParameter(path, parameter, this.index);
    return type === undefined || !isComplete || parameter.isVariadic ? undefined : this.definedBy(type.path, type.expression);
  }

  private definedBy(path: string, expression: Expression): ClassDefinition | undefined {
    const found = this.index.definitionOf(path, expression);
    return found?.kind === 'class' ? found : undefined;
  }

  private parametersOf(path: string): ReadonlyMap<number, ParameterFacts> {
    const known = this.parameters.get(path);
    if (known !== undefined) return known;
    const service = this.index.project.summaries.get(path)?.service;
    const functions = [...(service?.functions ?? []), ...(service?.classes ?? []).flatMap(({ methods }) => methods)];
    const found = new Map(functions.flatMap(({ parameters }) => parameters.map((parameter) => [parameter.span.start, parameter] as const)));
    this.parameters.set(path, found);
    return found;
  }
}
