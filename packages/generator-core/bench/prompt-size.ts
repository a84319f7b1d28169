/**
 * Tokens of the first request for each file, for specs of 5, 20 and 80 entities that know their neighbours only, beside what a
 * request takes that holds all files so far.      npm run bench:prompts
 */
import { estimateTokens } from '../src/context/estimate-tokens';
import type { CompletionRequest } from '../src/model/language-model';
import { planText, type PlannedService } from '../src/testing/planned-service';
import { firstRequests } from '../test/first-requests';
import { neighbourSpec } from '../test/neighbour-spec';

function main(): void {
  say(['entities', 'files', 'median', 'p90', 'max', 'all together', '| all files so far: median', 'p90', 'max', 'all together']);
  for (const size of [5, 20, 80]) {
    const service = planText(neighbourSpec([{ name: 'First', size }]));
    const requests = firstRequests(service);
    const own = [...requests.values()].map(tokensOf);
    const naive = naiveTokens(service, requests);
    say([String(size), String(own.length), ...figures(own), ...figures(naive)]);
  }
  process.stdout.write('Tokens are estimated at 3 characters each; system prompt and task are in both.\n');
}

function tokensOf({ system, messages }: CompletionRequest): number {
  return [system, ...messages.map(({ text }) => text)].reduce((total, text) => total + estimateTokens(text), 0);
}

/** The same task, with the text of every file made before in the place of the interfaces. */
function naiveTokens({ plan, templateTexts }: PlannedService, requests: ReadonlyMap<string, CompletionRequest>): readonly number[] {
  let soFar = 0;
  return plan.batches.flat().flatMap((path) => {
    const request = requests.get(path);
    const tokens = request === undefined ? [] : [soFar + estimateTokens(request.system) + estimateTokens(taskOf(request))];
    if (path.startsWith('app/')) soFar += estimateTokens(templateTexts.get(path) ?? '');
    return tokens;
  });
}

function taskOf({ messages }: CompletionRequest): string {
  const [{ text }] = messages as readonly [{ readonly text: string }];
  return text.slice(text.indexOf('\n# The task\n'));
}

function figures(tokens: readonly number[]): readonly string[] {
  const sorted = [...tokens].sort((one, other) => one - other);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!;
  return [at(0.5), at(0.9), sorted.at(-1)!, sorted.reduce((total, each) => total + each, 0)].map((each) => each.toLocaleString('en'));
}

function say(cells: readonly string[]): void {
  process.stdout.write(`${cells.map((cell) => cell.padStart(Math.max(12, cell.length))).join(' ')}\n`);
}

main();
