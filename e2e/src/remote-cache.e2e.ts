import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { findFreePort } from '../../tools/run-command.mjs';
import { copyWorkspace, type Workspace } from '../../tools/setup-workspace.mjs';
import { startCacheServer, type CacheServer } from './set-up/cache-server';
import { nxLines } from './set-up/nx-lines';
import { runValidate } from './set-up/run-validate';
import { libraryAt, moduleOf, writeChain } from './set-up/write-chain';

const libraries = [0, 1, 2].map(libraryAt);

/** What one checkout has found out, another at another path need not: Nx's own protocol, and what docs/ci.md says of its errors. */
describe.each(nxLines)('Nx $nx: a cache that checkouts share', (line) => {
  const folder = mkdtempSync(join(tmpdir(), 'fastapi-shared-'));
  let server: CacheServer;
  let checkouts = 0;
  let first: Workspace;

  beforeAll(async () => {
    server = await startCacheServer();
    first = copyWorkspace(inject('pristine')[line.nx], join(folder, 'first'));
    writeChain(first.folder, libraries.length);
  });
  afterAll(async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const anotherCheckout = (): Workspace => copyWorkspace(first, join(folder, 'elsewhere', `checkout-${(checkouts += 1)}`));
  const shared = (token: string, url = server.url): NodeJS.ProcessEnv => ({
    NX_SELF_HOSTED_REMOTE_CACHE_SERVER: url,
    NX_SELF_HOSTED_REMOTE_CACHE_ACCESS_TOKEN: token,
  });
  const surfaceIn = ({ folder: checkout }: Workspace): string =>
    readFileSync(join(checkout, `libs/${libraryAt(1)}/.fastapi/surface.json`), 'utf8');

  test('is filled by the first checkout, and the second replays all of it, with its files', async () => {
    expect(await runValidate(first, ['run-many'], shared(server.writeToken))).toMatchObject({ status: 0, passed: libraries });
    expect(server.entries.size).toBe(libraries.length);
    const second = anotherCheckout();
    expect(await runValidate(second, ['run-many'], shared(server.readToken))).toMatchObject({ status: 0, passed: [], remote: libraries });
    expect(surfaceIn(second)).toBe(surfaceIn(first));
    for (const entry of server.entries.values()) expect(gunzipSync(entry).includes(folder)).toBe(false);
  });

  test('a token that may only read fills nothing, and says nothing of it', async () => {
    const { checkout, hashes } = withNewFile(anotherCheckout());
    expect(await runValidate(checkout, ['run-many', '--no-batch'], shared(server.readToken))).toMatchObject({
      status: 0,
      passed: [libraryAt(0)],
      failed: [],
    });
    expect(server.takeRequests().filter(({ method }) => method === 'PUT')).toEqual([
      { method: 'PUT', hash: expect.any(String), status: 403 },
    ]);
    expect([...server.entries.keys()]).toEqual(hashes);
  });

  test('what is stored is not replaced, and who comes second passes', async () => {
    const before = new Map(server.entries);
    server.setBlind(true);
    expect(await runValidate(anotherCheckout(), ['run-many'], shared(server.writeToken))).toMatchObject({ status: 0, passed: libraries });
    server.setBlind(false);
    expect(server.takeRequests().filter(({ method }) => method === 'PUT')).toEqual(
      libraries.map(() => ({ method: 'PUT', hash: expect.any(String), status: 409 })),
    );
    expect(server.entries).toEqual(before);
  });

  test('a fault is stored nowhere', async () => {
    const checkout = anotherCheckout();
    appendFileSync(join(checkout.folder, moduleOf(2)), 'from lib_01.prices import nothing\n');
    expect(await runValidate(checkout, ['run-many'], shared(server.writeToken))).toMatchObject({ status: 1, failed: [libraryAt(2)] });
    expect(server.takeRequests().filter(({ method }) => method === 'PUT')).toEqual([]);
  });

  test('a token that is not known ends the command with what the server says', async () => {
    const result = await runValidate(anotherCheckout(), ['run-many'], shared('guessed'));
    expect(result).toMatchObject({ status: 1, passed: [] });
    expect(result.output).toContain('this token is not known');
  });

  test('a server that is down ends the command; without its address everything runs', async () => {
    const checkout = anotherCheckout();
    const down = `http://127.0.0.1:${await findFreePort()}`;
    expect(await runValidate(checkout, ['run-many'], shared(server.writeToken, down))).toMatchObject({ status: 1, passed: [] });
    expect(await runValidate(checkout, ['run-many'])).toMatchObject({ status: 0, passed: libraries });
  });

  /** With a change that nobody else has, and what the server holds now. */
  function withNewFile(checkout: Workspace): { checkout: Workspace; hashes: readonly string[] } {
    appendFileSync(join(checkout.folder, moduleOf(0)), '\n# A comment that only this checkout has.\n');
    server.takeRequests();
    return { checkout, hashes: [...server.entries.keys()] };
  }
});
