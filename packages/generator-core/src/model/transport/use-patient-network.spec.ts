import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { getGlobalDispatcher, setGlobalDispatcher } from 'undici';
import { usePatientNetwork } from './use-patient-network';

const servers: Server[] = [];
const before = getGlobalDispatcher();
afterEach(async () => {
  setGlobalDispatcher(before);
  vi.unstubAllEnvs();
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

async function listen(server: Server): Promise<string> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A proxy that tunnels, as those of companies do; gives what it was asked for. */
async function proxy(): Promise<{ readonly address: string; readonly asked: readonly string[] }> {
  const asked: string[] = [];
  const server = createServer();
  server.on('connect', ({ url = '' }, socket) => {
    asked.push(url);
    const [host, port] = url.split(':');
    const upstream = connect(Number(port), host, () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      upstream.pipe(socket).pipe(upstream);
    });
    socket.on('error', () => upstream.destroy());
    upstream.on('error', () => socket.destroy());
  });
  return { address: await listen(server), asked };
}

test('calls go by the proxy that the environment names, except where it says no', async () => {
  const target = await listen(createServer((_request, response) => response.end('hello')));
  const { address, asked } = await proxy();
  vi.stubEnv('http_proxy', `http://${address}`);
  vi.stubEnv('no_proxy', '');
  usePatientNetwork(60_000);
  expect(await (await fetch(`http://${target}/`)).text()).toBe('hello');
  expect(asked).toEqual([target]);
  vi.stubEnv('no_proxy', '127.0.0.1');
  usePatientNetwork(60_000);
  expect(await (await fetch(`http://${target}/`)).text()).toBe('hello');
  expect(asked).toEqual([target]);
});

test('silence is borne as long as was said, and no longer', async () => {
  const target = await listen(createServer(() => undefined));
  vi.stubEnv('http_proxy', '');
  usePatientNetwork(1_000);
  await expect(fetch(`http://${target}/`)).rejects.toMatchObject({ cause: { code: 'UND_ERR_HEADERS_TIMEOUT' } });
});
