import { expect } from 'vitest';
import { callBookstore, seedBookstore } from '../../../tools/call-bookstore.mjs';
import { serveProject, type RunningService } from '../../../tools/setup-service.mjs';
import { ownWorkspace } from './own-workspace';
import { expectSuccess, uvRun } from './user';

/** What clients say to the example services, and what they must be answered. */
interface Conversation {
  /** What must be in the migrated database before. */
  readonly prepare: (environment: NodeJS.ProcessEnv) => Promise<void>;
  readonly use: (service: RunningService) => Promise<void>;
}

const api = '/api/v1';

/** Signs somebody up and logs them in. */
async function signIn(service: RunningService, email: string): Promise<string> {
  const password = 'a long enough password';
  expect(await service.call('POST', `${api}/auth/register`, { json: { email, password } })).toMatchObject({ status: 201 });
  const answer = await service.call('POST', `${api}/auth/token`, { form: { username: email, password } });
  expect(answer).toMatchObject({ status: 200, body: { token_type: 'bearer' } });
  return answer.body.access_token;
}

async function useTodo(service: RunningService): Promise<void> {
  const ann = await signIn(service, 'ann@example.com');
  const eve = await signIn(service, 'eve@example.com');
  expect(await service.call('POST', `${api}/tasks`, { json: { title: 'Buy milk' } })).toMatchObject({ status: 401 });
  const task = await service.call('POST', `${api}/tasks`, { token: ann, json: { title: 'Buy milk' } });
  expect(task).toMatchObject({ status: 201, body: { title: 'Buy milk', done: false } });
  expect(task.headers.get('location')).toContain(task.body.id);
  expect(await service.call('GET', `${api}/tasks`, { token: ann })).toMatchObject({ status: 200, body: { total: 1 } });
  expect(await service.call('GET', `${api}/tasks`, { token: eve })).toMatchObject({ status: 200, body: { total: 0 } });
  expect(await service.call('GET', `${api}/tasks/${task.body.id}`, { token: eve })).toMatchObject({ status: 404 });
  expect(await service.call('PATCH', `${api}/tasks/${task.body.id}`, { token: ann, json: { done: true } })).toMatchObject({
    status: 200,
    body: { done: true, title: 'Buy milk' },
  });
  expect(await service.call('POST', `${api}/tasks`, { token: ann, json: { title: '' } })).toMatchObject({ status: 422 });
  expect(await service.call('DELETE', `${api}/tasks/${task.body.id}`, { token: ann })).toMatchObject({ status: 204 });
  expect(await service.call('GET', `${api}/tasks/${task.body.id}`, { token: ann })).toMatchObject({ status: 404 });
}

const adminPassword = 'an administrator with a long password';

export const conversations = {
  todo: { prepare: async () => {}, use: useTodo },
  bookstore: {
    prepare: async (environment: NodeJS.ProcessEnv) =>
      expectSuccess(await seedBookstore(ownWorkspace(), { project: 'bookstore', adminPassword, environment })),
    use: (service: RunningService) => callBookstore(service, { adminPassword }),
  },
} satisfies Record<string, Conversation>;

/** Migrates the database, serves the project and talks to it; the service is gone afterwards. */
export async function converse(project: keyof typeof conversations, environment: NodeJS.ProcessEnv = {}): Promise<void> {
  const { prepare, use }: Conversation = conversations[project];
  expectSuccess(await uvRun(project, ['alembic', 'upgrade', 'head'], environment));
  await prepare(environment);
  const service = await serveProject(ownWorkspace(), { project, environment });
  try {
    await use(service);
  } finally {
    await service.stop();
  }
  await expect(fetch(`${service.address}/health/live`)).rejects.toThrow();
}
