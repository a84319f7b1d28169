import type { CallExpression, Expression } from '../extract/service/expression';
import type { ModelCall } from '../extract/service/model-facts';
import { isTest } from '../graph/service/is-test';
import { readRowShape, readSchemaShape, type RowShape, type SchemaShape } from '../graph/service/model-shapes';
import { sourceOf } from '../graph/service/source-of';
import { ValueClasses } from '../graph/service/value-class';
import { nearestNames } from '../text/nearest-names';
import type { Span } from '../text/span';
import { defineServiceRule } from './define-service-rule';
import { listInWords } from './list-in-words';
import type { PlacedReport, ServiceContext } from './rule';

export const modelSchemaDrift = defineServiceRule(
  {
    id: 'model-schema-drift',
    since: '0.3.0',
    severity: 'error',
    summary: 'A schema and a mapped class are used together and have other fields.',
    why: 'SQLAlchemy raises TypeError for a name the class does not have; Pydantic raises ValidationError for a required field the row does not have.',
    whatToDo: 'Give both the same fields, or leave the field out on the way: `payload.model_dump(exclude={"password"})`.',
    examples: [
      {
        bad: 'class UserCreate(BaseModel):\n    email: str\n    password: str\n\nUser(**payload.model_dump())  # User has no `password`',
        good: 'User(**payload.model_dump(exclude={"password"}), hashed_password=hashed)',
      },
    ],
  },
  (context) => {
    const values = new ValueClasses(context.index);
    const callsIn = (path: string): readonly ModelCall[] =>
      isTest(path) ? [] : (context.index.project.summaries.get(path)?.service?.modelCalls ?? []).filter(({ isGuarded }) => !isGuarded);
    return context.index.itemsOf('model-schema-drift', (path) => callsIn(path).flatMap((call) => reportCall(path, call, values, context)));
  },
);

function reportCall(path: string, call: ModelCall, values: ValueClasses, { index }: ServiceContext): readonly PlacedReport[] {
  const found = classNamed(path, call.callee.names.length, call, index);
  const row = found?.kind === 'class' ? readRowShape(found.path, found.definition, index) : undefined;
  if (row !== undefined) return reportRow(path, call, row, values, index);
  const schema = call.callee.names.at(-1) === 'model_validate' ? classNamed(path, call.callee.names.length - 1, call, index) : undefined;
  return schema?.kind === 'class' ? reportRead(path, call, readSchemaShape(schema.path, schema.definition, index), values, index) : [];
}

function classNamed(path: string, length: number, { callee }: ModelCall, index: ServiceContext['index']) {
  const target = index.resolver.resolve(path, { ...callee, names: callee.names.slice(0, length) });
  return target.kind === 'variable' ? index.definitionAt(`${target.path}#${target.variable}`) : undefined;
}

function reportRow(
  path: string,
  call: ModelCall,
  row: RowShape,
  values: ValueClasses,
  index: ServiceContext['index'],
): readonly PlacedReport[] {
  const isUnknown = (name: string): boolean => !row.attributes.has(name) && !index.isAddedSomewhere(name);
  const named = call.keywords.filter(({ name }) => isUnknown(name)).map(({ name, span }) => reportNames(path, span, [name], row));
  const spread = call.spreads.flatMap((expression) => {
    const names = dumpedNames(path, expression, values, index).filter(isUnknown);
    return names.length === 0 ? [] : [reportNames(path, expression.span, names, row)];
  });
  return [...named, ...spread];
}

function reportNames(path: string, span: Span, names: readonly string[], { name, attributes }: RowShape): PlacedReport {
  const near = nearestNames(names[0]!, [...attributes])[0];
  const mend = near === undefined || names.length > 1 ? 'Add it to the class, or leave it out.' : `Did you mean \`${near}\`?`;
  return {
    path,
    span,
    message: `\`${name}\` has no attribute ${listInWords(names, 'and')}: SQLAlchemy raises TypeError for it. ${mend}`,
    data: { class: name, names },
  };
}

const HARMLESS_OPTIONS = new Set(['exclude', 'mode', 'round_trip', 'warnings']);

/** The fields that are in `payload.model_dump()` for certain. */
function dumpedNames(path: string, dump: Expression, values: ValueClasses, index: ServiceContext['index']): readonly string[] {
  if (dump.kind !== 'call' || dump.hasSplat || dump.positional.length > 0 || dump.callee.kind !== 'reference') return [];
  const { reference } = dump.callee;
  if (reference.names.length !== 2 || !/^(model_dump|dict)$/.test(reference.names[1]!)) return [];
  const object = { kind: 'reference' as const, reference: { ...reference, names: reference.names.slice(0, 1) }, span: reference.span };
  const found = values.classOf(path, object);
  const shape = found === undefined ? undefined : readSchemaShape(found.path, found.definition, index);
  const excluded = excludedNames(dump);
  if (shape === undefined || excluded === undefined) return [];
  const isPartial = Object.keys(dump.keywords).some((name) => !HARMLESS_OPTIONS.has(name));
  if (isPartial && Object.keys(dump.keywords).some((name) => !/^exclude/.test(name))) return [];
  return [...shape.fields]
    .filter(([name, { isDumped, isRequired }]) => isDumped && (!isPartial || isRequired) && !excluded.includes(name))
    .map(([name]) => name);
}

/** Undefined when they are not literal. */
function excludedNames({ keywords }: CallExpression): readonly string[] | undefined {
  const { exclude } = keywords;
  if (exclude === undefined || exclude.kind === 'none') return [];
  if (exclude.kind !== 'sequence') return undefined;
  const names = exclude.items.map((item) => (item.kind === 'text' ? item.value : undefined));
  return names.every((name) => name !== undefined) ? names : undefined;
}

function reportRead(
  path: string,
  { argument, keywords, spreads, span }: ModelCall,
  schema: SchemaShape | undefined,
  values: ValueClasses,
  index: ServiceContext['index'],
): readonly PlacedReport[] {
  const asked = keywords.map(({ span: { start } }) =>
    /^from_attributes\s*=\s*True\b/.test(sourceOf(index, path, { span: { start, end: start + 40 } })),
  );
  if (schema === undefined || schema.hasModelValidator || asked.includes(false) || spreads.length > 0) return [];
  if (!schema.readsAttributes && asked.length === 0) return [];
  const found = values.classOf(path, argument);
  const row = found === undefined ? undefined : readRowShape(found.path, found.definition, index);
  if (row === undefined) return [];
  const missing = [...schema.fields]
    .filter(([name, { isRequired }]) => isRequired && !row.attributes.has(name) && !index.isAddedSomewhere(name))
    .map(([name]) => name);
  if (missing.length === 0) return [];
  return [
    {
      path,
      span,
      message: `\`${schema.name}\` requires ${listInWords(missing, 'and')}, which \`${row.name}\` does not have: every call raises ValidationError. Add it to \`${row.name}\`, or give the field a default.`,
      data: { schema: schema.name, class: row.name, names: missing },
    },
  ];
}
