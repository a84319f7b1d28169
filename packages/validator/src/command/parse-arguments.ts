import { DIAGNOSTIC_FORMATS } from '../report/format-diagnostics';
import { unknownRule } from '../rules/unknown-rule';
import { nearestNames } from '../text/nearest-names';
import type { CheckArguments, CommandArguments } from './command-arguments';

type Writable<Type> = { -readonly [Key in keyof Type]: Type[Key] };
type Draft = Writable<CheckArguments>;
/** Takes the option's value into the draft; returns what is wrong with it. */
type TakeValue = (draft: Draft, value: string) => string | undefined;

const FLAGS: ReadonlyMap<string, (draft: Draft) => void> = new Map<string, (draft: Draft) => void>([
  ['--statistics', (draft) => void (draft.statistics = true)],
  ['--exit-zero', (draft) => void (draft.exitZero = true)],
  ['--fix', (draft) => void (draft.fix = draft.fix === 'none' ? 'safe' : draft.fix)],
  ['--unsafe-fixes', (draft) => void (draft.fix = 'unsafe')],
  ['--no-cache', () => undefined],
]);

const VALUES: ReadonlyMap<string, TakeValue> = new Map<string, TakeValue>([
  ['--format', takeFormat],
  ['--select', (draft, value) => takeRules(value, '--select', (rules) => (draft.select = [...(draft.select ?? []), ...rules]))],
  ['--ignore', (draft, value) => takeRules(value, '--ignore', (rules) => (draft.ignore = [...draft.ignore, ...rules]))],
  ['--lint', (draft, value) => void (draft.lint = [...(draft.lint ?? []), ...listOf(value)])],
  ['--category', (draft, value) => void (draft.category = value)],
  ['--threads', takeThreads],
  // Where the cache is, `cache-options.ts` has read before: it is asked before the words are.
  ['--cache-dir', () => undefined],
]);

/** Reads what stands after the program's name. */
export function parseArguments(words: readonly string[]): CommandArguments {
  const draft: Draft = { ...DEFAULTS };
  const pending = [...words];
  while (pending.length > 0) {
    const word = pending.shift()!;
    if (word === '--help' || word === '-h') return { kind: 'help' };
    if (word === '--explain' || word.startsWith('--explain=')) return explain(valueOf(word, pending));
    const fault = word.startsWith('-') ? takeOption(word, pending, draft) : takePath(word, draft);
    if (fault !== undefined) return { kind: 'invalid', message: fault };
  }
  if (draft.statistics && !['concise', 'full', 'json'].includes(draft.format))
    return { kind: 'invalid', message: `--statistics is text or json; ${draft.format} has no place for it. Leave one of the two out.` };
  return draft;
}

const DEFAULTS: CheckArguments = {
  kind: 'check',
  paths: [],
  format: 'concise',
  select: undefined,
  ignore: [],
  lint: undefined,
  statistics: false,
  fix: 'none',
  exitZero: false,
  category: undefined,
  threads: undefined,
};

function takePath(word: string, draft: Draft): undefined {
  draft.paths = [...draft.paths, word];
}

function takeOption(word: string, pending: string[], draft: Draft): string | undefined {
  const name = word.split('=', 1)[0]!;
  const flag = FLAGS.get(word);
  const take = VALUES.get(name);
  if (flag !== undefined) flag(draft);
  if (take === undefined) return flag === undefined ? unknownOption(word) : undefined;
  const value = valueOf(word, pending);
  return value === undefined || value === '' ? `${name} wants a value. See fastapi-validate --help.` : take(draft, value);
}

function valueOf(word: string, pending: string[]): string | undefined {
  return word.includes('=') ? word.slice(word.indexOf('=') + 1) : pending.shift();
}

function unknownOption(word: string): string {
  const nearest = nearestNames(word.split('=', 1)[0]!, [...FLAGS.keys(), ...VALUES.keys(), '--explain', '--help'])[0];
  return `Unknown option ${word}. ${nearest === undefined ? 'See fastapi-validate --help.' : `Did you mean ${nearest}?`}`;
}

function takeFormat(draft: Draft, value: string): string | undefined {
  const known = DIAGNOSTIC_FORMATS.find((name) => name === value);
  if (known === undefined) return `--format takes ${DIAGNOSTIC_FORMATS.join(', ')}; got ${value}.`;
  draft.format = known;
  return undefined;
}

function takeThreads(draft: Draft, value: string): string | undefined {
  if (!/^[1-9]\d?$/.test(value)) return `--threads takes a number from 1 to 99; got ${value}.`;
  draft.threads = Number(value);
  return undefined;
}

function takeRules(value: string, option: string, keep: (rules: readonly string[]) => void): string | undefined {
  const rules = listOf(value);
  keep(rules);
  return rules.map((rule) => unknownRule(rule, option)).find((fault) => fault !== undefined);
}

function listOf(value: string): readonly string[] {
  return value
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}

function explain(rule: string | undefined): CommandArguments {
  const fault = unknownRule(rule ?? '', '--explain');
  return fault === undefined ? { kind: 'explain', rule: rule! } : { kind: 'invalid', message: fault };
}
