/** A generated service as a process, and plain calls to it over HTTP. */
import { setTimeout as sleep } from 'node:timers/promises';
import { findFreePort, lastLines, startService } from './run-command.mjs';
import { nxBinary } from './setup-workspace.mjs';
import { SetupError } from './setup.mjs';

/**
 * @typedef {object} Answer
 * @property {number} status
 * @property {any} body JSON where it is JSON, text otherwise
 * @property {Headers} headers
 *
 * @typedef {object} RunningService
 * @property {string} address
 * @property {number} pid
 * @property {number} port
 * @property {() => Promise<void>} stop
 * @property {(method: string, path: string, options?: { token?: string, json?: unknown, form?: Record<string, string> }) => Promise<Answer>} call
 */

/**
 * Starts the `serve` target of a project on a free port of 127.0.0.1 and waits until it answers.
 * @param {import('./setup-workspace.mjs').Workspace} workspace
 * @param {{ project: string, environment?: NodeJS.ProcessEnv, logFile?: string, timeout?: number }} options
 * @returns {Promise<RunningService>}
 */
export async function serveProject(workspace, { project, environment, logFile, timeout = 90_000 }) {
  const port = await findFreePort();
  const process = startService(nxBinary(workspace.folder), ['run', `${project}:serve`, '--host=127.0.0.1', `--port=${port}`], {
    folder: workspace.folder,
    environment: { ...workspace.environment, ...environment },
    logFile,
  });
  const address = `http://127.0.0.1:${port}`;
  const end = Date.now() + timeout;
  while (!(await answers(`${address}/health/ready`))) {
    if (!process.isRunning() || Date.now() > end) {
      const output = process.output();
      await process.stop();
      throw new SetupError(
        `${project}:serve ${Date.now() > end ? `did not answer on ${address} within ${timeout / 1000} s` : 'ended before it answered'}.`,
        {
          output: lastLines(output),
          logFile,
          mend: `run \`nx run ${project}:serve\` in ${workspace.folder} and read what it says.`,
        },
      );
    }
    await sleep(200);
  }
  return {
    address,
    port,
    pid: process.pid,
    stop: () => process.stop('SIGINT'),
    call: (method, path, options) => callService(address, method, path, options),
  };
}

/** @param {string} url */
async function answers(url) {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(2_000) })).ok;
  } catch {
    return false; // nobody listens yet
  }
}

/**
 * @param {string} address
 * @param {string} method
 * @param {string} path
 * @param {{ token?: string, json?: unknown, form?: Record<string, string> }} [options]
 * @returns {Promise<Answer>}
 */
async function callService(address, method, path, { token, json, form } = {}) {
  /** @type {Record<string, string>} */
  const headers = {};
  if (token !== undefined) headers['authorization'] = `Bearer ${token}`;
  if (json !== undefined) headers['content-type'] = 'application/json';
  const body = json !== undefined ? JSON.stringify(json) : form !== undefined ? new URLSearchParams(form) : undefined;
  const answer = await fetch(`${address}${path}`, { method, headers, body, signal: AbortSignal.timeout(30_000) });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, body: isJson(answer.headers) && text !== '' ? JSON.parse(text) : text };
}

/** @param {Headers} headers */
function isJson(headers) {
  return /[/+]json/.test(headers.get('content-type') ?? '');
}
