import type { EntitySpec, FieldSpec, ServiceSpec } from '../spec/service-spec';
import { paths } from './python/spec-lookup';
import { operationSchemaPath } from './web/operation-view';

export interface AllowedLiterals {
  readonly path: string;
  readonly rules: readonly string[];
}

/** What ruff (S105, S106) takes for the name of a password, so that a text beside it looks like one in the code. */
const secretName = /(^|_)(pas+wo?r?d|pass(phrase)?|pwd|token|secrete?)($|_)/i;

const texts = new Set<FieldSpec['type']['kind']>(['string', 'text', 'email', 'url', 'slug']);

function isSecret({ name, type }: FieldSpec): boolean {
  return secretName.test(name) && texts.has(type.kind);
}

/** Files with a text beside such a name that is none of the service's secrets: a column to sort by, a default of the spec, a value of a test. */
export function allowedLiterals(spec: ServiceSpec): readonly AllowedLiterals[] {
  const fromSchemas = [
    ...(spec.enums.some(({ members }) => members.some(({ member }) => secretName.test(member))) ? [paths.enums] : []),
    ...spec.entities.filter((entity) => hasLiteral(entity)).map((entity) => paths.schema(entity)),
    ...(spec.structs.some(({ fields }) => fields.some(hasTextDefault)) ? [paths.structs] : []),
    ...spec.operations.filter(({ input }) => input.some(hasTextDefault)).map((operation) => operationSchemaPath(operation)),
  ];
  const isSeeded = spec.seed.some(({ values }) => Object.keys(values).some((name) => secretName.test(name) && name !== 'password'));
  return [
    ...fromSchemas.sort().map((path) => ({ path, rules: ['S105'] })),
    ...(isSeeded ? [{ path: 'app/seed.py', rules: ['S106'] }] : []),
  ];
}

/** Whether tests give a text to a member of such a name: they do to find rows by it. */
export function testsNameSecrets({ entities }: ServiceSpec): boolean {
  return entities.some(({ fields }) => fields.some((field) => isSecret(field) && (field.filter || field.sort || field.search)));
}

function hasLiteral({ fields }: EntitySpec): boolean {
  return fields.some((field) => (secretName.test(field.name) && field.sort) || hasTextDefault(field));
}

function hasTextDefault(field: FieldSpec): boolean {
  return isSecret(field) && typeof field.default === 'string';
}
