import type { ServiceSpec } from '../../packages/generator-core/src/spec/service-spec';
import { runCommand } from '../run-command.mjs';

/** Who asks: by name, with a token; without auth nobody in particular. */
export type People = Readonly<Record<string, string | undefined>>;

interface Place {
  readonly spec: ServiceSpec;
  readonly python: string;
  readonly folder: string;
  readonly environment: NodeJS.ProcessEnv;
}

/** Makes a user of the highest and one of the lowest role (one user without roles), straight into the service's database. */
export async function makePeople({ spec, python, folder, environment }: Place): Promise<People> {
  if (spec.auth === undefined) return { anybody: undefined };
  const { roles, user } = spec.auth;
  const names = roles.length === 0 ? ['user'] : [...new Set([roles.at(-1) ?? '', roles[0] ?? ''])];
  const module = spec.entities.find(({ name }) => name === user)?.module ?? 'user';
  const { status, output } = await runCommand(python, ['-c', script(module, names, roles.length > 0)], { folder, environment });
  if (status !== 0) throw new Error(`The users could not be made:\n${output}`);
  return JSON.parse(output.trim().split('\n').at(-1) ?? '') as Record<string, string>;
}

function script(module: string, names: readonly string[], hasRoles: boolean): string {
  return `
import asyncio, json
from app.core.database import get_engine, get_session_factory
from app.core.security import create_access_token
${hasRoles ? 'from app.models.enums import Role' : ''}
from tests.factories import make_${module}

async def main():
    tokens = {}
    async with get_session_factory()() as session:
        for name in ${JSON.stringify(names)}:
            person = await make_${module}(session${hasRoles ? ', role=Role(name)' : ''})
            tokens[name] = create_access_token(person)
    await get_engine().dispose()
    print(json.dumps(tokens))

asyncio.run(main())
`;
}
