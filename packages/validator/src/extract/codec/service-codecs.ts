import type { CheckedCall } from '../service/checked-call';
import type { CallExpression, Expression, Reference } from '../service/expression';
import type {
  AssignmentFacts,
  ClassFacts,
  FunctionFacts,
  LooseUse,
  ParameterFacts,
  Place,
  ServiceFacts,
  WiringCall,
} from '../service/service-facts';
import type { ClassMember, ModelCall } from '../service/model-facts';
import * as codec from './codec';

const importPlace = { importIndex: codec.count, importedNameIndex: codec.maybeCount };

const names = codec.list(codec.string);
const binding = codec.union<Reference['binding']>({ variable: { variable: codec.string }, import: importPlace, ambiguous: {}, free: {} });
const reference = codec.record<Reference>({ names, span: codec.span, binding });
const looseUse = codec.record<LooseUse>({ names, binding });

const expression: codec.Codec<Expression> = codec.later(() => expressionUnion);
const expressions = codec.list(expression);

const callFields = {
  span: codec.span,
  callee: expression,
  positional: expressions,
  keywords: codec.dictionary(expression),
  hasSplat: codec.boolean,
};
const callExpression = codec.record<CallExpression>({ kind: codec.constant('call' as const), ...callFields });

type ReferenceExpression = Extract<Expression, { readonly kind: 'reference' }>;

/** The two places are one, and one object when they are read. */
const referenceExpression: codec.Codec<ReferenceExpression> = {
  write: (writer, expression) => reference.write(writer, expression.reference),
  read: (reader) => {
    const found = reference.read(reader);
    return { kind: 'reference', reference: found, span: found.span };
  },
};

const expressionUnion = codec.union<Expression>(
  {
    reference: { span: codec.span, reference },
    call: callFields,
    subscript: { span: codec.span, value: expression, items: expressions },
    text: { span: codec.span, value: codec.string },
    sequence: { span: codec.span, items: expressions },
    union: { span: codec.span, items: expressions },
    none: { span: codec.span },
    other: { span: codec.span },
    joined: { span: codec.span, parts: expressions },
  },
  { reference: referenceExpression },
);

const place = codec.record<Place>({ functionOffset: codec.maybeCount, conditional: codec.boolean, offset: codec.offset });

const assignment = codec.record<AssignmentFacts>({
  variable: codec.string,
  name: codec.string,
  span: codec.span,
  value: expression,
  place,
});

const parameter = codec.record<ParameterFacts>({
  name: codec.string,
  span: codec.span,
  annotation: codec.maybe(expression),
  value: codec.maybe(expression),
  isVariadic: codec.boolean,
});

const functionFacts = codec.record<FunctionFacts>({
  name: codec.string,
  nameSpan: codec.span,
  variable: codec.maybe(codec.string),
  offset: codec.offset,
  isAsync: codec.boolean,
  isGenerator: codec.boolean,
  returnsPlainValue: codec.boolean,
  parameters: codec.list(parameter),
  returns: codec.maybe(expression),
  decorators: expressions,
  place,
  calls: codec.list(reference),
});

const classMember = codec.record<ClassMember>({
  name: codec.string,
  annotation: codec.maybe(expression),
  value: codec.maybe(expression),
  span: codec.span,
});

const modelCall = codec.record<ModelCall>({
  callee: reference,
  keywords: codec.list(codec.record<ModelCall['keywords'][number]>({ name: codec.string, span: codec.span })),
  spreads: expressions,
  argument: codec.maybe(expression),
  span: codec.span,
  isGuarded: codec.boolean,
});

const checkedCall = codec.record<CheckedCall>({ call: callExpression, source: codec.string, functionOffset: codec.maybeCount });

const classFacts = codec.record<ClassFacts>({
  name: codec.string,
  variable: codec.maybe(codec.string),
  bases: expressions,
  hasKeywords: codec.boolean,
  isDecorated: codec.boolean,
  methods: codec.list(functionFacts),
  members: codec.list(classMember),
  isPlainBody: codec.boolean,
});

const wiringCall = codec.record<WiringCall>({ method: codec.string, object: codec.maybe(reference), call: callExpression, place });

/** Much, and asked for once or twice in a run: read anew each time. */
export const passingServiceCodecs = { modelCalls: codec.list(modelCall), looseUses: codec.list(looseUse) };

export type KeptServiceFacts = Omit<ServiceFacts, keyof typeof passingServiceCodecs>;

export const keptServiceFacts = codec.record<KeptServiceFacts>({
  assignments: codec.list(assignment),
  functions: codec.list(functionFacts),
  classes: codec.list(classFacts),
  wiring: codec.list(wiringCall),
  checkedCalls: codec.list(checkedCall),
  ambiguousImports: codec.list(codec.record<ServiceFacts['ambiguousImports'][number]>(importPlace)),
  hasDynamicLookup: codec.boolean,
});
