/**
 * One run with Gemini at GOOGLE_GEMINI_BASE_URL and its journal in a file: prints when it has begun to ask, and the hash of all it would write.
 * node run-once.cjs SPEC JOURNAL
 */
const { createHash } = require('node:crypto');
const { readFileSync } = require('node:fs');
const { Budget, CallLimiter, generateWithModel, openFileJournal, openModel, systemClock } = require('../../dist/index.js');

const [specFile = '', journalFile = ''] = process.argv.slice(2);

async function main() {
  const world = { environment: process.env, readFile: () => undefined, importPackage: async () => undefined, today: '2026-11-26' };
  const opening = await openModel({ choice: 'gemini', timeoutMilliseconds: 60_000, clock: systemClock }, world);
  if (opening.kind === 'refused') throw new Error(opening.message);
  const result = await generateWithModel({
    specText: readFileSync(specFile, 'utf8'),
    project: { list: () => [], read: () => undefined },
    share: 'all',
    openTrial: async () => ({ kind: 'not-run', why: 'Not in this test.' }),
    onEvent: ({ kind }) => kind === 'run-start' && process.stdout.write('asking\n'),
    asking: {
      model: opening.model,
      journal: openFileJournal(journalFile),
      budget: new Budget({ limits: {}, price: () => undefined, now: systemClock.now }),
      limiter: new CallLimiter(8),
      signal: new AbortController().signal,
      now: systemClock.now,
    },
  });
  if (result.kind !== 'generated' || result.modelReport === undefined) throw new Error(`The run ended with ${result.kind}.`);
  const hash = createHash('sha256')
    .update(JSON.stringify([...result.writes]))
    .digest('hex');
  process.stdout.write(`wrote ${hash} ${result.modelReport.spent.calls} ${result.modelReport.flags.length}\n`);
}

void main();
