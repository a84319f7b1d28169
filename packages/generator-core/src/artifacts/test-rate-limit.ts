import type { FieldSpec, OperationSpec, ServiceSpec } from '../spec/service-spec';
import { roleMember } from './python/python-value';
import { entityNamed, hasEnums, paths } from './python/spec-lookup';
import { missingIdOf } from './tests/missing-id-of';
import { rowImports, testNeeds } from './tests/test-paths';
import { pythonJson, sampleValue, type JsonValue } from './tests/test-values';
import { hasRateLimits } from './web/has-rate-limits';
import { singleFileRole } from './web/single-file-role';
import { userEntity } from './web/user-view';
import { webPaths } from './web/web-paths';

/** `tests/test_rate_limit.py`: the limiter, and every operation with a `rate`. */
export const testRateLimitRole = singleFileRole({
  role: 'test-rate-limit',
  phase: 'tests',
  path: 'tests/test_rate_limit.py',
  exists: hasRateLimits,
  needs: (spec) => [...testNeeds(spec), webPaths.rateLimit, ...(hasEnums(spec) ? [paths.enums] : [])],
  view: (spec) => ({
    imports: rowImports(spec),
    operations: spec.operations.flatMap((operation) => limitedOperation(spec, operation) ?? []),
  }),
});

/** A call that gets past the checks of its input; undefined where no valid input can be made up. */
function limitedOperation(spec: ServiceSpec, operation: OperationSpec) {
  const input = sampleInput(spec, operation.input);
  if (operation.rate === undefined || input === undefined) return undefined;
  const path = operation.path.replace(/\{(\w+)\}/g, (_whole, name: string) => {
    const entity = operation.pathParameters.find((parameter) => parameter.name === name)?.entity;
    return entity === undefined ? 'nothing' : missingIdOf(entityNamed(spec, entity)).replace(/["_]/g, '');
  });
  const isOpen = spec.auth === undefined || operation.access.some(({ kind }) => kind === 'public');
  const highest = spec.auth?.roles.at(-1);
  const sent = operation.input.length === 0 ? [] : [`"${operation.inputIn === 'query' ? 'params' : 'json'}": ${pythonJson(input)}`];
  return {
    name: operation.name,
    method: operation.method,
    url: `"/api/v1${path}"`,
    times: operation.rate.times,
    ...(!isOpen && {
      caller: `make_${userEntity(spec).module}(session${highest === undefined ? '' : `, role=${roleMember(highest)}`})`,
    }),
    arguments: `{${[...(isOpen ? [] : ['"headers": headers']), ...sent].join(', ')}}`,
  };
}

function sampleInput(spec: ServiceSpec, fields: readonly FieldSpec[]): Readonly<Record<string, JsonValue>> | undefined {
  const required = fields.filter(({ nullable, default: value }) => !nullable && value === undefined);
  const values = required.map((field) => [field.name, sampleValue(spec, field, 0)] as const);
  if (values.some(([, value]) => value === undefined)) return undefined;
  return Object.fromEntries(values.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}
