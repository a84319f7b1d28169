import type { FieldSpec, ServiceSpec } from '../spec/service-spec';

/** What asks for a requirement: every service, one with sign-in, one with an email field, or only the work on the service. */
export type RequirementGroup = 'runtime' | 'auth' | 'email' | 'dev';

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
  const groups = use === 'dev' ? ['dev'] : ['runtime', ...(spec.auth ? ['auth'] : []), ...(hasEmailField(spec) ? ['email'] : [])];
  return pythonRequirements.filter(({ group }) => groups.includes(group)).sort((a, b) => (a.name < b.name ? -1 : 1));
}

function hasEmailField(spec: ServiceSpec): boolean {
  const isEmail = (field: FieldSpec): boolean => field.type.kind === 'email';
  return (
    [...spec.entities, ...spec.structs].some(({ fields }) => fields.some(isEmail)) ||
    spec.operations.some(({ input }) => input.some(isEmail))
  );
}
