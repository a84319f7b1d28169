import { hasTenant } from '../artifacts/python/tenancy';
import { sampleValue, type JsonValue } from '../artifacts/tests/test-values';
import { entityNamed } from '../artifacts/python/spec-lookup';
import { spacedWords } from '../spec/naming';
import type { AccessWord, EntitySpec, OperationSpec, ServiceSpec } from '../spec/service-spec';

type Given = Readonly<Record<string, Readonly<Record<string, JsonValue>>>>;

/**
 * A first example of an operation, to be completed by hand: rows for the path, a caller who may, an input that is valid, the status of success.
 * Undefined where one cannot be made up: an input without a known valid value, rows of a tenant.
 */
export function exampleSkeleton(spec: ServiceSpec, operation: OperationSpec): unknown {
  const [access] = operation.access;
  const rows = operation.pathParameters.flatMap(({ entity }) => (entity === undefined ? [] : [entityNamed(spec, entity)]));
  if (access === undefined || rows.some((row) => hasTenant(spec, row))) return undefined;
  const input = sampleInput(spec, operation);
  if (input === undefined) return undefined;
  const caller = callerOf({ spec, operation, access, rows });
  const given: Given = {
    ...caller.given,
    ...Object.fromEntries(rows.filter(({ module }) => !(module in caller.given)).map((row) => [row.module, { [row.name]: {} }])),
  };
  const path = Object.fromEntries(
    operation.pathParameters.map(({ name, entity }) => [name, entity === undefined ? 'some' : `$${entityNamed(spec, entity).module}.id`]),
  );
  return {
    name: `${spacedWords(operation.name)}, the usual case`,
    ...(Object.keys(given).length > 0 && { given }),
    when: {
      as: caller.as,
      ...(Object.keys(path).length > 0 && { path }),
      ...(Object.keys(input).length > 0 && { [operation.inputIn]: input }),
    },
    then: { status: operation.status },
  };
}

function sampleInput(spec: ServiceSpec, { input }: OperationSpec): Readonly<Record<string, JsonValue>> | undefined {
  const required = input.filter((field) => !field.nullable && field.default === undefined);
  const values = required.map((field) => [field.name, sampleValue(spec, field, 0)] as const);
  return values.some(([, value]) => value === undefined) ? undefined : (Object.fromEntries(values) as Readonly<Record<string, JsonValue>>);
}

interface Calling {
  readonly spec: ServiceSpec;
  readonly operation: OperationSpec;
  readonly access: AccessWord;
  readonly rows: readonly EntitySpec[];
}

function callerOf({ spec, operation, access, rows }: Calling): { readonly as: string; readonly given: Given } {
  const user = spec.auth?.user ?? '';
  const alias = ['ann', 'eve', 'caller'].find((name) => rows.every(({ module }) => module !== name)) ?? 'someone';
  const subject = operation.subject && entityNamed(spec, operation.subject.entity);
  switch (access.kind) {
    case 'public':
      return { as: 'anonymous', given: {} };
    case 'role':
      return { as: access.role, given: {} };
    case 'user':
      return { as: `$${alias}`, given: { [alias]: { [user]: {} } } };
    // Rows of tenants are left to be written by hand, and only they have such words.
    case 'tenant':
      return { as: 'anonymous', given: {} };
    case 'self':
      return { as: `$${subject!.module}`, given: { [subject!.module]: { [user]: {} } } };
    case 'owner':
      return {
        as: `$${alias}`,
        given: { [alias]: { [user]: {} }, [subject!.module]: { [subject!.name]: { [subject!.owner!.relation]: `$${alias}` } } as never },
      };
  }
}
