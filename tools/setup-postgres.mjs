/**
 * A PostgreSQL server of our own for the tests: in a temporary folder, on a free port of 127.0.0.1, gone afterwards.
 * PostgreSQL refuses to run as root, so that root hands it to the user `postgres` or `nobody`.
 */
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { installOnDebian } from './install-on-debian.mjs';
import { findFreePort, runCommand, startService, waitUntil } from './run-command.mjs';
import { root, SetupError } from './setup.mjs';

/**
 * @typedef {object} PostgresServer
 * @property {string} version
 * @property {(name: string) => Promise<string>} createDatabase gives its address: postgresql://…
 * @property {() => Promise<void>} stop
 */

const isRoot = process.getuid?.() === 0;

/**
 * @returns {Promise<{ folder: string } | { missing: string }>} where the programs are, or why there are none.
 * As root on Debian they are installed when they are missing.
 */
export async function findPostgres() {
  const found = findPostgresFolder();
  if (found !== undefined) return { folder: found };
  const missing = await installOnDebian('postgresql');
  if (missing !== undefined) return { missing };
  const installed = findPostgresFolder();
  return installed === undefined
    ? { missing: 'apt-get installed PostgreSQL, but its programs are not where Debian keeps them.' }
    : { folder: installed };
}

/** A server for a command that was asked for one. @returns {Promise<PostgresServer>} */
export async function requirePostgres() {
  const found = await findPostgres();
  if ('missing' in found) throw new Error(`There is no PostgreSQL. ${found.missing}`);
  return startPostgres(found.folder);
}

/** @param {string} programs the folder with initdb and postgres @returns {Promise<PostgresServer>} */
export async function startPostgres(programs) {
  const { user, folder, data, password } = await makeCluster(programs);
  const port = await findFreePort();
  const server = startService(
    join(programs, 'postgres'),
    [
      '-D',
      data,
      '-p',
      String(port),
      ...settings({ listen_addresses: '127.0.0.1', unix_socket_directories: folder, fsync: 'off', max_connections: '60' }),
    ],
    { folder, ...user },
  );
  /** @param {string} statement @param {string} database */
  const query = (statement, database = 'postgres') =>
    runCommand(
      join(programs, 'psql'),
      ['-X', '-A', '-t', '-h', '127.0.0.1', '-p', String(port), '-U', 'postgres', '-d', database, '-c', statement],
      { folder, environment: { ...process.env, PGPASSWORD: password } },
    );
  const stop = async () => {
    await server.stop('SIGINT'); // "fast shutdown"
    rmSync(folder, { recursive: true, force: true });
  };
  if (
    !(await waitUntil(async () => !server.isRunning() || (await query('select 1')).status === 0, { timeout: 60_000 })) ||
    !server.isRunning()
  ) {
    const output = server.output();
    await stop();
    throw new SetupError('PostgreSQL does not start.', { output, mend: 'read the last lines of its output above.' });
  }
  return {
    version: (await query('show server_version')).output.trim(),
    createDatabase: async (name) => {
      await query(`drop database if exists ${name} with (force)`);
      const created = await query(`create database ${name}`);
      if (created.status !== 0)
        throw new SetupError(`The database ${name} could not be made.`, { output: created.output, mend: 'read the message above.' });
      return `postgresql://postgres:${password}@127.0.0.1:${port}/${name}`;
    },
    stop,
  };
}

/** @param {Readonly<Record<string, string>>} values @returns {string[]} */
function settings(values) {
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/** An empty cluster in a temporary folder. @param {string} programs */
async function makeCluster(programs) {
  const user = await serverUser();
  const folder = mkdtempSync(join(tmpdir(), 'fastapi-postgres-'));
  const password = randomBytes(12).toString('hex');
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, password);
  if (user !== undefined) for (const path of [folder, passwordFile]) chownSync(path, user.uid, user.gid);
  const data = join(folder, 'data');
  const made = await runCommand(
    join(programs, 'initdb'),
    ['-D', data, '-U', 'postgres', '-A', 'scram-sha-256', `--pwfile=${passwordFile}`, '-E', 'UTF8', '--locale=C', '--no-sync'],
    { folder, ...user },
  );
  if (made.status !== 0)
    throw new SetupError('initdb failed.', { output: made.output, mend: `run the command by hand: ${made.commandLine}` });
  return { user, folder, data, password };
}

/** @returns {string | undefined} the newest Debian installation, else what is on the PATH */
function findPostgresFolder() {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).sort((left, right) => Number(right) - Number(left)) : [];
  const folders = [...versions.map((version) => join(debian, version, 'bin')), ...(process.env['PATH'] ?? '').split(delimiter)];
  return folders.find((folder) => ['initdb', 'postgres', 'psql'].every((program) => existsSync(join(folder, program))));
}

/** @returns {Promise<{ uid: number, gid: number } | undefined>} who runs the server when we are root */
async function serverUser() {
  if (!isRoot) return undefined;
  for (const name of ['postgres', 'nobody']) {
    const uid = await runCommand('id', ['-u', name], { folder: root });
    const gid = await runCommand('id', ['-g', name], { folder: root });
    if (uid.status === 0 && gid.status === 0) return { uid: Number(uid.output), gid: Number(gid.output) };
  }
  throw new SetupError('PostgreSQL refuses to run as root, and there is no user `postgres` or `nobody`.', {
    mend: 'run the tests as another user.',
  });
}
