import type { AccessRule, FieldSpec, ServiceSpec, Shape } from '../../src/spec/service-spec';

/** What a spec uses of the language, one name for each use: `type decimal`, `belongs_to unique`, `access owner`. */
export function constructsOf(spec: ServiceSpec): readonly string[] {
  return [
    ...(spec.auth === undefined
      ? ['no auth']
      : [
          'auth',
          spec.auth.roles.length > 0 ? 'auth with roles' : 'auth without roles',
          `register ${spec.auth.register ? 'open' : 'closed'}`,
        ]),
    ...(spec.tenancy === undefined ? [] : ['tenancy', `tenancy ${spec.tenancy.creator === undefined ? 'without' : 'with'} creator`]),
    ...(spec.telemetry ? ['telemetry'] : []),
    ...spec.enums.map(() => 'enum'),
    ...spec.structs.flatMap(({ fields }) => ['struct', ...fields.map((field) => `struct ${field.type.kind}`)]),
    ...spec.entities.flatMap((entity) => entityConstructs(entity)),
    ...spec.operations.flatMap(({ method, subject, rate, input, inputIn, output, access, errors, examples, entity }) => [
      `operation ${method}`,
      `operation output ${output.kind}`,
      ...shapeConstructs(output),
      ...input.map(() => `operation input in ${inputIn}`),
      ...accessConstructs('operation access', access),
      ...errors.map(() => 'operation error'),
      ...examples.map(() => 'operation example'),
      ...(subject === undefined ? [] : ['operation subject']),
      ...(rate === undefined ? [] : ['operation rate']),
      ...(entity === undefined ? ['operation of no entity'] : []),
    ]),
    ...spec.seed.map(() => 'seed row'),
  ];
}

function entityConstructs(entity: ServiceSpec['entities'][number]): readonly string[] {
  return [
    `id ${entity.id}`,
    `timestamps ${entity.timestamps ? 'on' : 'off'}`,
    ...(entity.table === entity.plural ? [] : ['own table']),
    ...(entity.path === `/${entity.plural.replaceAll('_', '-')}` ? [] : ['own path']),
    ...(entity.owner === undefined ? [] : ['owner']),
    ...(entity.tenant === undefined ? [] : [`tenant ${entity.tenant.length > 1 ? 'by several steps' : 'by one step'}`]),
    ...(entity.version ? ['version'] : []),
    ...(entity.softDelete ? ['soft delete'] : []),
    ...entity.fields.flatMap(fieldConstructs),
    ...entity.relations.filter(({ implicit }) => !implicit).flatMap((relation) => relationConstructs(entity.name, relation)),
    ...entity.computed.map(({ aggregate }) => `computed ${aggregate}`),
    ...entity.uniqueTogether.map(() => 'unique together'),
    ...entity.indexes.map(() => 'index over columns'),
    ...entity.checks.map(() => 'check'),
    ...entity.embed.map((path) => `embed of ${path.length} steps`),
    ...Object.entries(entity.access).flatMap(([verb, rule]) => [`verb ${verb}`, ...accessConstructs('access', rule)]),
    ...(Object.keys(entity.access).length === 0 ? ['entity without routes'] : []),
    `pages by ${entity.pagination}`,
  ];
}

function fieldConstructs(field: FieldSpec): readonly string[] {
  const flags = (['nullable', 'unique', 'index', 'search', 'filter', 'sort', 'readonly', 'immutable', 'hidden'] as const).filter(
    (flag) => field[flag],
  );
  const values = (['min', 'max', 'pattern', 'default', 'description', 'example', 'visible'] as const).filter(
    (key) => field[key] !== undefined,
  );
  return [`type ${field.type.kind}`, ...[...flags, ...values].map((word) => `field ${word}`)];
}

function relationConstructs(entity: string, relation: ServiceSpec['entities'][number]['relations'][number]): readonly string[] {
  const flags = Object.entries(relation).flatMap(([key, value]) =>
    value === true && key !== 'declared' ? [`${relation.kind} ${key}`] : [],
  );
  return [
    relation.kind,
    ...flags,
    ...(relation.kind === 'belongs_to' ? [`on delete ${relation.onDelete}`] : []),
    ...(relation.target === entity ? [`${relation.kind} itself`] : []),
  ];
}

function accessConstructs(about: string, rule: AccessRule): readonly string[] {
  return [...rule.map(({ kind }) => `${about} ${kind}`), ...(rule.length > 1 ? [`${about} list`] : [])];
}

function shapeConstructs(shape: Shape): readonly string[] {
  if (shape.kind === 'list') return [`list of ${shape.of.kind}`, ...shapeConstructs(shape.of)];
  if (shape.kind === 'object') return shape.fields.flatMap((field) => [`member ${field.shape.kind}`, ...shapeConstructs(field.shape)]);
  return [];
}
