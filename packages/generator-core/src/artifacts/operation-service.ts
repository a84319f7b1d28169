import type { OperationSpec, ServiceSpec } from '../spec/service-spec';
import type { ArtifactRole, TemplateView } from './artifact-role';
import { pythonDocstring } from './python/python-text';
import { paths } from './python/spec-lookup';
import { operationEntities } from './web/operation-entities';
import { operationNamed } from './web/operation-named';
import {
  hasOperationSchemas,
  inputName,
  operationSchemaPath,
  operationServicePath,
  locksRows,
  operationSubjects,
  rowEntities,
  serviceParameters,
  valueNeeds,
} from './web/operation-view';
import { outputObjects, scalarTypesIn, shapeAnnotation, structsIn } from './web/shape-view';
import { valueImports } from './web/value-imports';
import { webPaths } from './web/web-paths';

/** `app/services/{operation}.py`: the function of a custom operation, to be written by a model or by hand. */
export const operationServiceRole: ArtifactRole = {
  role: 'operation-service',
  phase: 'services',
  artifacts: (spec) =>
    spec.operations.map((operation) => ({
      path: operationServicePath(operation),
      phase: 'services',
      role: 'operation-service',
      template: 'app/services/[operation].py.jinja',
      operation: operation.name,
      provides: [operation.name, ...rowRecords(operation).map(({ name }) => name)],
      needs: [...new Set(serviceNeeds(spec, operation))].sort(),
    })),
  view: (spec, { operation }) => serviceView(spec, operationNamed(spec, operation)),
};

/** Objects of the output that hold rows: the service gives them, the router presents them. */
function rowRecords(operation: OperationSpec) {
  return outputObjects(operation).filter(({ holdsRows }) => holdsRows);
}

/** More than the unwritten function imports: what whoever writes it will want. */
function serviceNeeds(spec: ServiceSpec, operation: OperationSpec): readonly string[] {
  return [
    paths.database,
    paths.errors,
    ...(spec.enums.length === 0 ? [] : [paths.enums]),
    webPaths.unimplemented,
    ...(spec.auth === undefined ? [] : [paths.viewer]),
    ...(hasOperationSchemas(operation) ? [operationSchemaPath(operation)] : []),
    ...valueNeeds(operation.output),
    ...operationEntities(spec, operation).map(paths.model),
  ];
}

function serviceView(spec: ServiceSpec, operation: OperationSpec): TemplateView {
  return {
    operation,
    title: pythonDocstring(`The operation ${operation.name}: ${operation.method} ${operation.path}.`, 0),
    imports: serviceImports(spec, operation),
    records: rowRecords(operation).map(({ name, shape }) => ({
      name,
      fields: shape.fields.map((field) => `${field.name}: ${shapeAnnotation({ spec, operation, shape: field.shape, side: 'rows' })}`),
    })),
    parameters: serviceParameters(spec, operation).map(({ name, type }) => `${name}: ${type}`),
    returns: shapeAnnotation({ spec, operation, shape: operation.output, side: 'rows' }),
    docstring: docstring(spec, operation),
  };
}

function serviceImports(spec: ServiceSpec, operation: OperationSpec): readonly string[] {
  const schemas = [
    ...(operation.input.length > 0 ? [inputName(operation)] : []),
    ...outputObjects(operation)
      .filter(({ holdsRows }) => !holdsRows)
      .map(({ name }) => name),
  ];
  const structs = structsIn(operation.output);
  return [
    ...valueImports(scalarTypesIn(operation.output)),
    ...(schemas.length > 0 ? [`from app.schemas.${operation.name} import ${schemas.join(', ')}`] : []),
    ...(structs.length > 0 ? [`from app.schemas._structs import ${structs.join(', ')}`] : []),
    ...rowEntities(spec, operation).map((entity) => `from app.models.${entity.module} import ${entity.name}`),
  ];
}

/** What whoever writes the function has to know, in paragraphs. */
function docstring(spec: ServiceSpec, operation: OperationSpec): string {
  const subjects = operationSubjects(spec, operation).map(({ name }) => `\`${name}\``);
  const paragraphs = [
    operation.description,
    ...operation.errors.map(
      ({ status, description }) =>
        `Raise \`${errorClass(status)}\`${errorClass(status) === 'AppError' ? ` (a subclass with status ${status})` : ` (${status})`}: ${description}.`,
    ),
    `The access rule is settled${subjects.length > 0 ? ` and ${subjects.join(', ')} read${locksRows(operation) ? ' and locked' : ''}` : ''} before the call, and the session commits after it: flush here, do not commit.`,
  ];
  return paragraphs.map((paragraph) => pythonDocstring(paragraph).trimEnd()).join('\n\n    ');
}

const errorClasses: Readonly<Record<number, string>> = {
  401: 'UnauthorizedError',
  403: 'ForbiddenError',
  404: 'NotFoundError',
  409: 'ConflictError',
  422: 'UnprocessableError',
  503: 'ServiceUnavailableError',
};

function errorClass(status: number): string {
  return errorClasses[status] ?? 'AppError';
}
