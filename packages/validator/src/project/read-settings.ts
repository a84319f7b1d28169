import { parse, TomlError } from 'smol-toml';
import { unknownRule } from '../rules/unknown-rule';
import { nearestNames } from '../text/nearest-names';
import type { Settings, SettingsOutcome } from './settings';

const KEYS = ['select', 'ignore', 'per-path-ignores', 'lint', 'exclude'];

/** Reads `[tool.fastapi-validate]`. A pyproject.toml that is no TOML has no settings here: `invalid-manifest` reports it. */
export function readSettings(pyproject: string | undefined): SettingsOutcome {
  const table = settingsTable(pyproject);
  if (!isTable(table)) return { kind: 'invalid', faults: ['`tool.fastapi-validate` is no table. Write `[tool.fastapi-validate]`.'] };
  const faults: string[] = Object.keys(table).flatMap(unknownKey);
  const settings: Settings = {
    select: 'select' in table ? ruleList(table['select'], 'select', faults) : undefined,
    ignore: ruleList(table['ignore'] ?? [], 'ignore', faults),
    perPathIgnores: perPathIgnores(table['per-path-ignores'] ?? {}, faults),
    lint: stringList(table['lint'] ?? [], 'lint', faults),
    exclude: stringList(table['exclude'] ?? [], 'exclude', faults),
  };
  return faults.length > 0 ? { kind: 'invalid', faults } : { kind: 'settings', settings };
}

function settingsTable(pyproject: string | undefined): unknown {
  try {
    const tool = parse(pyproject ?? '')['tool'];
    return isTable(tool) ? (tool['fastapi-validate'] ?? {}) : {};
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    return {};
  }
}

function unknownKey(key: string): readonly string[] {
  if (KEYS.includes(key)) return [];
  const nearest = nearestNames(key, KEYS)[0];
  const mend = nearest === undefined ? `Its keys are ${KEYS.join(', ')}.` : `Did you mean \`${nearest}\`?`;
  return [`\`tool.fastapi-validate\` has no key \`${key}\`. ${mend}`];
}

function perPathIgnores(value: unknown, faults: string[]): Settings['perPathIgnores'] {
  const key = 'per-path-ignores';
  if (!isTable(value)) {
    faults.push(
      `\`tool.fastapi-validate.${key}\` is no table. Write \`"tests/**" = ["bare-except"]\` below \`[tool.fastapi-validate.${key}]\`.`,
    );
    return [];
  }
  return Object.entries(value).map(([pattern, rules]) => ({ pattern, rules: ruleList(rules, `${key}."${pattern}"`, faults) }));
}

function ruleList(value: unknown, key: string, faults: string[]): readonly string[] {
  const ids = stringList(value, key, faults);
  faults.push(...ids.map((id) => unknownRule(id, `\`tool.fastapi-validate.${key}\``)).filter((fault) => fault !== undefined));
  return ids;
}

function stringList(value: unknown, key: string, faults: string[]): readonly string[] {
  if (Array.isArray(value) && value.every((entry) => typeof entry === 'string')) return value;
  faults.push(`\`tool.fastapi-validate.${key}\` is no list of strings. Write it as \`["…", "…"]\`.`);
  return [];
}

function isTable(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
