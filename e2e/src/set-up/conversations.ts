import { expect } from 'vitest';
import { callBookstore, seedBookstore } from '../../../tools/call-bookstore.mjs';
import { serveProject, type RunningService } from '../../../tools/setup-service.mjs';
import { ownWorkspace } from './own-workspace';
import { expectSuccess, uvRun, writeOperations } from './user';

/** What clients say to the example services, and what they must be answered. */
interface Conversation {
  /** What is done after the migration, before the service starts. */
  readonly prepare: (environment: NodeJS.ProcessEnv) => Promise<void>;
  readonly use: (service: RunningService) => Promise<void>;
}

const api = '/api/v1';

/** Signs somebody up and logs them in. */
async function signIn(service: RunningService, email: string, more: Readonly<Record<string, string>> = {}): Promise<string> {
  const password = 'a long enough password';
  expect(await service.call('POST', `${api}/auth/register`, { json: { email, password, ...more } })).toMatchObject({ status: 201 });
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

/** Ann's workspace: Bob joins as a member, Eve stays outside. */
async function useTracker(service: RunningService): Promise<void> {
  const [ann, bob, eve] = await Promise.all(
    ['Ann', 'Bob', 'Eve'].map((name) => signIn(service, `${name.toLowerCase()}@example.com`, { name })),
  );
  const create = async (path: string, json: unknown, token = ann): Promise<string> => {
    const answer = await service.call('POST', `${api}/${path}`, { token: token ?? '', json });
    expect(answer).toMatchObject({ status: 201 });
    return answer.body.id;
  };
  const as = (token: string | undefined) => (method: string, path: string, json?: unknown) =>
    service.call(method, `${api}/${path}`, { token: token ?? '', json });
  const workspace = await create('workspaces', { name: 'Garden' });
  const project = await create('projects', { workspace_id: workspace, key: 'GD', name: 'Garden' });
  const bobsId = (await as(bob)('GET', 'auth/me')).body.id;
  expect(await as(bob)('GET', `workspaces/${workspace}`)).toMatchObject({ status: 404 });
  const seat = await create('memberships', { workspace_id: workspace, user_id: bobsId });
  expect(await as(bob)('GET', `workspaces/${workspace}`)).toMatchObject({ status: 200, body: { name: 'Garden' } });
  expect(await as(bob)('PATCH', `workspaces/${workspace}`, { name: 'Mine' })).toMatchObject({ status: 403 });
  expect(await as(bob)('PATCH', `memberships/${seat}`, { role: 'owner' })).toMatchObject({ status: 403 });

  const issue = await create('issues', { project_id: project, title: 'Dig' }, bob);
  const foreign = await as(eve)('POST', 'issues', { project_id: project, title: 'Dig' });
  expect(foreign).toMatchObject({ status: 409 });
  expect(await as(eve)('GET', `issues/${issue}`)).toMatchObject({ status: 404 });
  expect(await as(eve)('GET', `issues?project_id=${project}`)).toMatchObject({ status: 200, body: { total: 0 } });
  expect(await as(ann)('GET', 'issues')).toMatchObject({ status: 200, body: { total: 1, items: [{ number: 1, title: 'Dig' }] } });

  expect(await as(eve)('POST', `issues/${issue}/transition`, { to: 'todo' })).toMatchObject({ status: 404 });
  expect(await as(bob)('POST', `issues/${issue}/transition`, { to: 'done' })).toMatchObject({ status: 409 });
  expect(await as(bob)('POST', `issues/${issue}/transition`, { to: 'cancelled' })).toMatchObject({
    status: 200,
    body: { status: 'cancelled' },
  });
  const today = new Date().toISOString().slice(0, 10);
  expect(await as(bob)('GET', `projects/${project}/burndown?since=2026-01-01&until=2026-01-01`)).toMatchObject({
    status: 200,
    body: [{ day: '2026-01-01', open: 0, closed: 0 }],
  });
  expect(await as(bob)('GET', `projects/${project}/burndown?since=${today}&until=${today}`)).toMatchObject({ status: 200 });
  expect(await as(eve)('GET', `projects/${project}/burndown?since=${today}&until=${today}`)).toMatchObject({ status: 404 });
  const ruler = (await as(ann)('GET', 'memberships?role=owner')).body.items[0].id;
  expect(await as(ann)('DELETE', `memberships/${ruler}`)).toMatchObject({ status: 409 });
  expect(await as(ann)('DELETE', `memberships/${seat}`)).toMatchObject({ status: 204 });
  expect(await as(bob)('GET', `issues/${issue}`)).toMatchObject({ status: 404 });
}

const adminPassword = 'an administrator with a long password';

export const conversations = {
  tracker: { prepare: async () => writeOperations('tracker'), use: useTracker },
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
