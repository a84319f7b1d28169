/**
 * Runs other programs for the tools and for e2e: captured, logged, with a time limit, each in a process group of its own,
 * so that nothing outlives us. Plain Node: `tools/test.mjs` uses it before any dependency is installed.
 */
import { spawn } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * @typedef {object} CommandOptions
 * @property {string} folder where it runs
 * @property {NodeJS.ProcessEnv} [environment] all of it; ours when left out
 * @property {string} [logFile] gets the command line and all output
 * @property {boolean} [show] output goes to our own terminal instead of into the result
 * @property {number} [timeout] milliseconds until it is stopped
 * @property {number} [uid] another user, when we are root
 * @property {number} [gid]
 *
 * @typedef {object} CommandResult
 * @property {string} commandLine
 * @property {number} status 127 when the program is not there, 124 after the time limit, 128 when a signal ended it
 * @property {string} output both streams in the order they came, without colours; empty with `show`
 * @property {number} milliseconds
 *
 * @typedef {object} Service
 * @property {number} pid
 * @property {() => string} output all it wrote so far
 * @property {() => boolean} isRunning
 * @property {(signal?: NodeJS.Signals) => Promise<void>} stop returns when the process and all it started are gone
 */

/** @type {Set<number>} what we started and what still runs; leads of process groups */
const liveGroups = new Set();
process.on('exit', () => liveGroups.forEach((pid) => [pid, ...descendantsOf(pid)].forEach((member) => signalProcess(member, 'SIGKILL'))));
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.once(signal, () => process.exit(signal === 'SIGINT' ? 130 : 143));
}

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @param {CommandOptions} options
 * @returns {Promise<CommandResult>}
 */
export function runCommand(command, args, { folder, environment, logFile, show = false, timeout = 900_000, uid, gid }) {
  const commandLine = [command, ...args].map(quoteForShell).join(' ');
  const started = Date.now();
  const log = openLog(logFile, folder, commandLine);
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: folder,
      env: environment ?? process.env,
      detached: true,
      uid,
      gid,
      stdio: show ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    let isTimedOut = false;
    /** @param {Buffer | string} chunk */
    const take = (chunk) => {
      output += log(chunk);
    };
    child.stdout?.on('data', take);
    child.stderr?.on('data', take);
    const timer = setTimeout(() => {
      isTimedOut = true;
      take(`\n${command} did not end within ${timeout / 1000} s and was stopped.\n`);
      if (child.pid !== undefined) signalGroup(child.pid, 'SIGKILL');
    }, timeout);
    /** @param {number} status */
    const finish = (status) => {
      clearTimeout(timer);
      if (child.pid !== undefined) liveGroups.delete(child.pid);
      resolve({ commandLine, status: isTimedOut ? 124 : status, output: withoutColours(output), milliseconds: Date.now() - started });
    };
    child.on('error', (error) => {
      take(`${command}: ${error.message}\n`);
      finish(127);
    });
    child.on('close', (code) => finish(code ?? 128));
    if (child.pid !== undefined) liveGroups.add(child.pid);
  });
}

/**
 * Starts what runs until it is told to stop: a service, a database.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {CommandOptions} options
 * @returns {Service}
 */
export function startService(command, args, { folder, environment, logFile, uid, gid }) {
  const log = openLog(logFile, folder, [command, ...args].map(quoteForShell).join(' '));
  const child = spawn(command, args, {
    cwd: folder,
    env: environment ?? process.env,
    detached: true,
    uid,
    gid,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let isRunning = child.pid !== undefined;
  const pid = child.pid ?? -1;
  if (isRunning) liveGroups.add(pid);
  /** @param {Buffer | string} chunk */
  const take = (chunk) => {
    output += log(chunk);
  };
  child.stdout.on('data', take);
  child.stderr.on('data', take);
  child.on('error', (error) => {
    take(`${command}: ${error.message}\n`);
    isRunning = false;
  });
  child.on('exit', () => {
    isRunning = false;
  });
  return {
    pid,
    output: () => withoutColours(output),
    isRunning: () => isRunning,
    stop: async (signal = 'SIGTERM') => {
      await stopProcessTree(pid, signal);
      liveGroups.delete(pid);
      child.stdout.destroy();
      child.stderr.destroy();
    },
  };
}

/**
 * Ends a process, its group and all its descendants. Nx puts what it runs into sessions of their own,
 * so that the group alone is not enough.
 * @param {number} pid
 * @param {NodeJS.Signals} [signal]
 */
export async function stopProcessTree(pid, signal = 'SIGTERM') {
  if (pid <= 1) return;
  const family = [pid, ...descendantsOf(pid)];
  family.forEach((member) => signalProcess(member, signal));
  if (await areGone(family, 10_000)) return;
  signalGroup(pid, 'SIGKILL');
  family.forEach((member) => signalProcess(member, 'SIGKILL'));
  await areGone(family, 4_000);
}

/** A port of 127.0.0.1 that nothing listens on at this moment. @returns {Promise<number>} */
export function findFreePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}

/**
 * Asks again and again until the answer is yes.
 * @param {() => boolean | Promise<boolean>} question
 * @param {{ timeout: number, interval?: number }} options
 * @returns {Promise<boolean>} false when the time is up
 */
export async function waitUntil(question, { timeout, interval = 200 }) {
  const end = Date.now() + timeout;
  while (Date.now() < end) {
    if (await question()) return true;
    await sleep(interval);
  }
  return false;
}

/**
 * The last lines of a text, for a message.
 * @param {string} text
 * @param {number} [count]
 */
export function lastLines(text, count = 30) {
  return text.trimEnd().split('\n').slice(-count).join('\n');
}

/** @param {number} milliseconds */
export function formatSeconds(milliseconds) {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}

/** @param {string} text */
export function withoutColours(text) {
  return text.replace(/\u001b(\[[0-9;?]*[A-Za-z]|\([A-B0])/g, '').replace(/\r\n/g, '\n');
}

/**
 * @param {string | undefined} logFile
 * @param {string} folder
 * @param {string} commandLine
 * @returns {(chunk: Buffer | string) => string} writes a piece of output and gives it back as text
 */
function openLog(logFile, folder, commandLine) {
  if (logFile === undefined) return String;
  mkdirSync(dirname(logFile), { recursive: true });
  writeFileSync(logFile, `$ cd ${folder}\n$ ${commandLine}\n`, { flag: 'a' });
  return (chunk) => {
    appendFileSync(logFile, withoutColours(String(chunk)));
    return String(chunk);
  };
}

/** @param {string} word */
function quoteForShell(word) {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** @param {number} pid @param {NodeJS.Signals} signal */
function signalGroup(pid, signal) {
  signalProcess(-pid, signal);
}

/** @param {number} pid @param {NodeJS.Signals | 0} signal */
function signalProcess(pid, signal) {
  try {
    process.kill(pid, signal);
    return true;
  } catch {
    return false; // it is gone already
  }
}

/** @param {readonly number[]} pids @param {number} timeout */
function areGone(pids, timeout) {
  return waitUntil(() => pids.every((pid) => !signalProcess(pid, 0) || isZombie(pid)), { timeout, interval: 100 });
}

/** An ended process whose parent has not asked for its status yet still has its id; while it has threads, its ports are open. @param {number} pid */
function isZombie(pid) {
  const status = readProcessStatus(pid);
  return status !== undefined && status.state === 'Z' && status.threads <= 1;
}

/** @param {number} pid @returns {number[]} */
function descendantsOf(pid) {
  if (!existsSync('/proc/self/stat')) return []; // not Linux: the process group has to do
  /** @type {Map<number, number[]>} */
  const children = new Map();
  for (const name of readdirSync('/proc')) {
    const status = /^\d+$/.test(name) ? readProcessStatus(Number(name)) : undefined;
    if (status !== undefined) children.set(status.parent, [...(children.get(status.parent) ?? []), Number(name)]);
  }
  const found = [...(children.get(pid) ?? [])];
  for (const member of found) found.push(...(children.get(member) ?? []));
  return found;
}

/** @param {number} pid @returns {{ state: string, parent: number, threads: number } | undefined} see proc(5), stat: fields 3, 4 and 20 */
function readProcessStatus(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return { state: fields[0] ?? '', parent: Number(fields[1]), threads: Number(fields[17]) };
  } catch {
    return undefined;
  }
}
