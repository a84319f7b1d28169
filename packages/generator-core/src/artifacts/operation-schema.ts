import type { OperationSpec, ServiceSpec } from '../spec/service-spec';
import type { ArtifactRole, TemplateView } from './artifact-role';
import { createMember, type ModelMember } from './python/request-annotation';
import { entityNamed, paths } from './python/spec-lookup';
import { operationNamed } from './web/operation-named';
import { hasOperationSchemas, inputName, operationSchemaPath, readsImport } from './web/operation-view';
import { entitiesIn } from './web/entities-in';
import { outputObjects, scalarTypesIn, shapeAnnotation, structsIn } from './web/shape-view';
import { valueImports } from './web/value-imports';

/** `app/schemas/{operation}.py`: input of a custom operation, and the objects of its output. */
export const operationSchemaRole: ArtifactRole = {
  role: 'operation-schema',
  phase: 'schemas',
  artifacts: (spec) =>
    spec.operations.filter(hasOperationSchemas).map((operation) => ({
      path: operationSchemaPath(operation),
      phase: 'schemas',
      role: 'operation-schema',
      template: 'app/schemas/[operation].py.jinja',
      operation: operation.name,
      provides: [
        ...(operation.input.length > 0 ? [inputName(operation)] : []),
        ...outputObjects(operation).map(({ answerName }) => answerName),
      ],
      needs: [...new Set(schemaNeeds(spec, operation))].sort(),
    })),
  view: (spec, { operation }) => schemaView(spec, operationNamed(spec, operation)),
};

function schemaNeeds(spec: ServiceSpec, operation: OperationSpec): readonly string[] {
  return [
    paths.schemaBase,
    ...(structNames(operation).length > 0 ? [paths.structs] : []),
    ...(valueTypes(operation).some((type) => type.kind === 'enum') ? [paths.enums] : []),
    ...answeredEntities(operation).map((name) => paths.schema(entityNamed(spec, name))),
    ...(operation.input.some(({ default: value }) => value === 'now' || value === 'today') ? [paths.database] : []),
  ];
}

function schemaView(spec: ServiceSpec, operation: OperationSpec): TemplateView {
  const structs = structNames(operation);
  const input = {
    name: inputName(operation),
    base: 'StrictModel',
    fields: operation.input.map((field) => memberLine(createMember(spec, field, operation.inputIn))),
  };
  const outputs = outputObjects(operation).map(({ answerName, shape }) => ({
    name: answerName,
    base: 'ReadModel',
    fields: shape.fields.map((field) => `${field.name}: ${shapeAnnotation({ spec, operation, shape: field.shape, side: 'answer' })}`),
  }));
  return {
    operation,
    imports: [
      ...valueImports(valueTypes(operation)),
      'from app.core.database import utc_now, utc_today',
      ...(structs.length > 0 ? [`from app.schemas._structs import ${structs.join(', ')}`] : []),
      ...answeredEntities(operation).map((name) => readsImport(spec, entityNamed(spec, name))),
    ],
    models: operation.input.length > 0 ? [input, ...outputs] : outputs,
  };
}

function memberLine({ name, annotation, default: value }: ModelMember): string {
  return `${name}: ${annotation}${value === undefined ? '' : ` = ${value}`}`;
}

/** Entities inside the objects of the output; a bare entity or a list of them needs no class here. */
function answeredEntities(operation: OperationSpec): readonly string[] {
  return [...new Set(outputObjects(operation).flatMap(({ shape }) => entitiesIn(shape)))];
}

function structNames(operation: OperationSpec): readonly string[] {
  const ofInput = operation.input.flatMap(({ type }) => (type.kind === 'json' && type.struct !== undefined ? [type.struct] : []));
  const ofOutput = outputObjects(operation).flatMap(({ shape }) => structsIn(shape));
  return [...new Set([...ofInput, ...ofOutput])].sort();
}

function valueTypes(operation: OperationSpec) {
  return [...operation.input.map(({ type }) => type), ...outputObjects(operation).flatMap(({ shape }) => scalarTypesIn(shape))];
}
