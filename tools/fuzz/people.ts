import type { ServiceSpec } from '../../packages/generator-core/src/spec/service-spec';
import { runCommand } from '../run-command.mjs';

/** Who asks. */
export interface Person {
  readonly token: string;
  /** Path of their own row, `/api/v1/users/018f…`: who deletes it is nobody from then on. */
  readonly path: string;
}

interface Place {
  readonly spec: ServiceSpec;
  readonly python: string;
  readonly folder: string;
  readonly environment: NodeJS.ProcessEnv;
}

/** The highest and the lowest role; one name where there are no roles, or nobody signs in. */
export function kindsOfPeople({ auth }: ServiceSpec): readonly string[] {
  if (auth === undefined) return ['anybody'];
  return auth.roles.length === 0 ? ['user'] : [...new Set([auth.roles.at(-1) ?? '', auth.roles[0] ?? ''])];
}

/** Makes a user of the role, straight into the service's database; undefined where nobody signs in. */
export async function makePerson({ spec, python, folder, environment }: Place, role: string): Promise<Person | undefined> {
  if (spec.auth === undefined) return undefined;
  const { roles, user } = spec.auth;
  const { module = 'user', path = '/users' } = spec.entities.find(({ name }) => name === user) ?? {};
  const { status, output } = await runCommand(python, ['-c', script(module, roles.length > 0 ? role : undefined)], { folder, environment });
  if (status !== 0) throw new Error(`The user could not be made:\n${output}`);
  const { token, id } = JSON.parse(output.trim().split('\n').at(-1) ?? '') as { readonly token: string; readonly id: string };
  return { token, path: `/api/v1${path}/${id}` };
}

function script(module: string, role: string | undefined): string {
  return `
import asyncio, json
from app.core.database import get_engine, get_session_factory
from app.core.security import create_access_token
${role === undefined ? '' : 'from app.models.enums import Role'}
from tests.factories import make_${module}

async def main():
    async with get_session_factory()() as session:
        person = await make_${module}(session${role === undefined ? '' : `, role=Role(${JSON.stringify(role)})`})
        made = {"token": create_access_token(person), "id": str(person.id)}
    await get_engine().dispose()
    print(json.dumps(made))

asyncio.run(main())
`;
}
