import type { SecretFact } from '../extract/secret/secret-fact';
import { isTest } from '../graph/service/is-test';
import { defineRule } from './define-rule';
import type { Report } from './rule';

/** Files whose secrets nobody uses. */
const ILLUSTRATION =
  /(^|\/)(docs?|docs_src|examples?|samples?|tutorials?|cookbook|migrations|alembic|fixtures|unit|mocks?|benchmarks?|demos?)\//;

export const hardCodedSecret = defineRule(
  {
    id: 'hard-coded-secret',
    since: '0.3.0',
    severity: 'error',
    summary: 'A secret is written in the program.',
    why: 'Everybody who can read the program has it, also from its history, and it cannot be changed without a new release.',
    whatToDo: 'Read it from the environment (pydantic-settings: `secret_key: SecretStr`), and replace the one that was written here.',
    security: { cwe: 798, severity: 8.6 },
    examples: [
      {
        bad: 'SECRET_KEY = "9d1f…"  # 64 digits\njwt.encode(claims, SECRET_KEY, algorithm="HS256")',
        good: 'class Settings(BaseSettings):\n    secret_key: SecretStr',
      },
    ],
  },
  ({ path, summary }) => (isTest(path) || ILLUSTRATION.test(path) ? [] : summary.secrets.map(toReport)),
);

/** The secret itself is in no message. */
function toReport(fact: SecretFact): Report {
  const isCertain = !fact.isFallback && (fact.kind === 'known-form' || fact.kind === 'random');
  return {
    span: fact.span,
    certainty: isCertain ? 'certain' : 'possible',
    message: `${describe(fact)} Read it from the environment${isCertain ? ', and replace this one: it is known' : ''}.`,
    data: { name: fact.name, kind: fact.kind, isSecret: true },
  };
}

function describe({ kind, name, isFallback }: SecretFact): string {
  if (isFallback) return `Where the environment gives no \`${name}\`, this value is taken, and everybody who can read the program has it.`;
  switch (kind) {
    case 'known-form':
      return `${withArticle(name)} is written here, and everybody who can read the program has it.`;
    case 'maybe-public':
      return `What looks like ${withArticle(name).replace(/^A/, 'a')} is written here; some of them are meant to be public, others not.`;
    case 'random':
      return `The value of \`${name}\` is written here, and everybody who can read the program has it.`;
    case 'random-key':
      return `What looks like the value of \`${name}\` is written here; some keys are meant to be public, others not.`;
    case 'guessable':
      return `\`${name}\` is written here as plain words, which can be guessed: whoever does can sign tokens.`;
    case 'placeholder':
      return `\`${name}\` is a placeholder: where it is not replaced, anybody can sign tokens.`;
  }
}

function withArticle(name: string): string {
  return `${/^(AWS|Open|Anthropic)/.test(name) ? 'An' : 'A'} ${name}`;
}
