import type { FieldSpec, ServiceSpec } from '../spec/service-spec';

/** What asks for a requirement: every service, one with sign-in, with an email field or with telemetry, or only the work on the service. */
export type RequirementGroup = 'runtime' | 'auth' | 'email' | 'telemetry' | 'dev';

export interface PythonRequirement {
  /** Normalised name (PEP 503): `pydantic-settings`. */
  readonly name: string;
  readonly extras: readonly string[];
  readonly group: RequirementGroup;
}

/** Everything a generated service may ask for itself. `tools/resolve-pins.ts` resolves all of it at once, so that any choice fits together. */
export const pythonRequirements: readonly PythonRequirement[] = [
  { name: 'alembic', extras: [], group: 'runtime' },
  { name: 'aiosqlite', extras: [], group: 'runtime' },
  { name: 'email-validator', extras: [], group: 'email' },
  { name: 'fastapi', extras: [], group: 'runtime' },
  { name: 'opentelemetry-api', extras: [], group: 'telemetry' },
  { name: 'opentelemetry-exporter-otlp-proto-http', extras: [], group: 'telemetry' },
  { name: 'opentelemetry-instrumentation-fastapi', extras: [], group: 'telemetry' },
  { name: 'opentelemetry-instrumentation-sqlalchemy', extras: [], group: 'telemetry' },
  { name: 'opentelemetry-sdk', extras: [], group: 'telemetry' },
  { name: 'psycopg', extras: ['binary'], group: 'runtime' },
  { name: 'pwdlib', extras: ['argon2'], group: 'auth' },
  { name: 'pydantic', extras: [], group: 'runtime' },
  { name: 'pydantic-settings', extras: [], group: 'runtime' },
  { name: 'pyjwt', extras: [], group: 'auth' },
  { name: 'python-multipart', extras: [], group: 'auth' },
  { name: 'sqlalchemy', extras: ['asyncio'], group: 'runtime' },
  { name: 'starlette', extras: [], group: 'runtime' },
  { name: 'uvicorn', extras: [], group: 'runtime' },
  { name: 'anyio', extras: [], group: 'dev' },
  { name: 'httpx2', extras: [], group: 'dev' },
  { name: 'import-linter', extras: [], group: 'dev' },
  { name: 'mypy', extras: [], group: 'dev' },
  { name: 'pydantic-core', extras: [], group: 'dev' },
  { name: 'pytest', extras: [], group: 'dev' },
  { name: 'ruff', extras: [], group: 'dev' },
];

/** `sqlalchemy[asyncio]`, as pip spells a requirement without its version. */
export function formatRequirement({ name, extras }: PythonRequirement): string {
  return extras.length === 0 ? name : `${name}[${extras.join(',')}]`;
}

/** The requirements of one service, sorted by name. */
export function requirementsOf(spec: ServiceSpec, use: 'run' | 'dev'): readonly PythonRequirement[] {
  const groups: readonly RequirementGroup[] =
    use === 'dev'
      ? ['dev']
      : [
          'runtime',
          ...(spec.auth ? (['auth'] as const) : []),
          ...(hasEmailField(spec) ? (['email'] as const) : []),
          ...(spec.telemetry ? (['telemetry'] as const) : []),
        ];
  return pythonRequirements.filter(({ group }) => groups.includes(group)).sort((a, b) => (a.name < b.name ? -1 : 1));
}

function hasEmailField(spec: ServiceSpec): boolean {
  const isEmail = (field: FieldSpec): boolean => field.type.kind === 'email';
  return (
    [...spec.entities, ...spec.structs].some(({ fields }) => fields.some(isEmail)) ||
    spec.operations.some(({ input }) => input.some(isEmail))
  );
}
