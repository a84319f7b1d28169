import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { generateService } from '../../src/run/generate-service';
import { chances } from '../../src/testing/chances';
import { startGeminiServer, type GeminiServer, type SeenRequest } from '../../src/testing/gemini-server';
import { mapProject } from '../../src/testing/map-project';
import { counterSpec, counterOperation } from '../../src/testing/counter';

/** A process takes seconds to start: KILLS=20 by hand. */
const KILLS = Number(process.env['KILLS'] ?? 6);

let folder: string;
let server: GeminiServer;
let texts: ReadonlyMap<string, string>;

const askedPath = ({ body }: SeenRequest): string => /Write `([^`]+)`/.exec(body!.contents[0]!.parts[0]!.text)![1]!;
const fenced = (text: string): string => `\`\`\`python\n${text}\`\`\`\n`;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'killed-runs-'));
  writeFileSync(join(folder, 'service.yaml'), counterSpec);
  const templates = generateService({ specText: counterSpec, project: mapProject({}) });
  if (templates.kind !== 'generated') throw new Error(`The templates ended with ${templates.kind}.`);
  texts = new Map([...templates.writes, ['app/services/raise_counter.py', counterOperation]]);
  server = await startGeminiServer({
    reply: (request) => ({ kind: 'answer', text: fenced(texts.get(askedPath(request))!), delay: 60, events: 3 }),
  });
}, 60_000);
afterAll(async () => {
  await server?.close();
  rmSync(folder, { recursive: true, force: true });
});

function start(journal: string): ChildProcess {
  return spawn(process.execPath, [join(__dirname, 'run-once.cjs'), join(folder, 'service.yaml'), journal], {
    env: { PATH: process.env['PATH'], GEMINI_API_KEY: 'a-key-for-tests', GOOGLE_GEMINI_BASE_URL: server.baseUrl },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

/** What it prints; killed so many milliseconds after it has begun to ask. */
function run(journal: string, killAfter?: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = start(journal);
    let output = '';
    child.stdout!.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      if (killAfter !== undefined && output.startsWith('asking')) setTimeout(() => child.kill('SIGKILL'), killAfter);
    });
    child.on('error', reject);
    child.on('close', () => resolve(output));
  });
}

/** Paths whose answers are safe in the journal. */
function journalled(file: string): readonly string[] {
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
  return lines.flatMap((line) => {
    try {
      return [(JSON.parse(line) as { readonly path: string }).path];
    } catch {
      return [];
    }
  });
}

test(`killed at ${KILLS} random instants, a run repeats no call whose answer it has, and ends with the same bytes`, async () => {
  const whole = await run(join(folder, 'whole.jsonl'));
  const [, hash, calls, flags] = /wrote (\w+) (\d+) (\d+)/.exec(whole)!;
  expect(flags).toBe('0');
  const chance = chances(20261126);
  const repeated: string[] = [];
  let journal = join(folder, 'journal-0.jsonl');
  for (let kill = 1; kill <= KILLS; kill += 1) {
    const known = new Set(journalled(journal));
    const before = server.completions.length;
    const output = await run(journal, 40 + 500 * chance());
    repeated.push(
      ...server.completions
        .slice(before)
        .map(askedPath)
        .filter((path) => known.has(path)),
    );
    // Whoever was finished before the kill came has to end the same, and the next one begins anew.
    if (output.includes('wrote')) {
      expect(output).toContain(hash);
      journal = join(folder, `journal-${kill}.jsonl`);
    }
  }
  const known = journalled(journal).length;
  const last = await run(journal);
  expect([repeated, /wrote (\w+) (\d+)/.exec(last)!.slice(1)]).toEqual([[], [hash, String(Number(calls) - known)]]);
}, 600_000);
