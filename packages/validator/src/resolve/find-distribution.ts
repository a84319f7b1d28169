import { parseDistributionName } from '../python/distribution-name';
import { IMPORT_TO_DISTRIBUTIONS } from '../python/import-to-distribution.data';
import type { ImportResolution } from './import-resolution';
import type { Requirements } from './requirements';

export type DistributionResolution = Extract<ImportResolution, { kind: 'distribution' }>;

/** Distributions whose modules are known. */
export const KNOWN_DISTRIBUTIONS: ReadonlySet<string> = new Set(Object.values(IMPORT_TO_DISTRIBUTIONS).flat());

/** Which distribution provides an import that is neither the project's nor the standard library's. */
export function findDistribution(module: string, requirements: Requirements): DistributionResolution {
  const recommended = tableEntry(module);
  const candidates = [...(recommended ?? []), ...guesses(module)];
  const declared = candidates.find((name) => requirements.declared.has(name));
  const brought = candidates.find((name) => requirements.brought.has(name));
  const isShared = sharedNamespace(module, requirements.declared);
  const distributions = declared ?? brought ?? isShared;
  const requirement =
    declared !== undefined || isShared !== undefined
      ? 'declared'
      : brought !== undefined
        ? 'brought'
        : requirements.isStated
          ? 'undeclared'
          : 'unspecified';
  return {
    kind: 'distribution',
    module,
    distributions: distributions === undefined ? (recommended ?? []) : [distributions],
    requirement,
    way: requirement === 'brought' ? requirements.brought.get(brought!)! : [],
    group: requirement === 'declared' ? requirements.developmentOnly.get(distributions!) : undefined,
    provider: recommended !== undefined ? 'known' : mayBeProvided(module, requirements.declared) ? 'unclear' : 'unknown',
  };
}

function tableEntry(module: string): readonly string[] | undefined {
  for (let name = module; name !== ''; name = name.slice(0, Math.max(0, name.lastIndexOf('.')))) {
    if (Object.hasOwn(IMPORT_TO_DISTRIBUTIONS, name)) return IMPORT_TO_DISTRIBUTIONS[name];
  }
  return undefined;
}

/** Names distributions commonly have for a module: `bidi` is in `python-bidi`, `psycopg2` in `psycopg2-binary`. */
function guesses(module: string): readonly string[] {
  const top = module.split('.')[0]!;
  // A slip: the names of distributions do not tell `a__b` from `a_b`, but modules do.
  if (/[^_]__+[^_]/.test(top)) return [];
  const name = parseDistributionName(top) ?? '';
  const bare = name.replace(/^-+|-+$/g, '');
  return [
    bare,
    `python-${bare}`,
    `py${bare}`,
    `py-${bare}`,
    `${bare}-python`,
    `${bare}-py`,
    `${bare}py`,
    `${bare}2`,
    `${bare}-binary`,
    `${bare}-slim`,
    `${bare}-python-api`,
    `asgi-${bare}`,
  ];
}

/** `google.cloud.storage` is in `google-cloud-storage`; `opentelemetry.instrumentation.x` in `opentelemetry-instrumentation-x`. */
function sharedNamespace(module: string, declared: ReadonlySet<string>): string | undefined {
  const first = parseDistributionName(module.split('.')[0]!);
  if (
    first === undefined ||
    !['google', 'azure', 'opentelemetry', 'oslo', 'zope', 'jaraco', 'backports', 'mypy-boto3'].some((name) => first.startsWith(name))
  )
    return undefined;
  return [...declared].sort().find((name) => name.startsWith(`${first}-`));
}

/** A declared distribution nobody here knows may provide a module whose name shares a word with its own. */
function mayBeProvided(module: string, declared: ReadonlySet<string>): boolean {
  const words = new Set(
    module
      .split('.')[0]!
      .toLowerCase()
      .split(/[_-]/)
      .filter((word) => word.length > 2),
  );
  for (const name of declared) {
    if (KNOWN_DISTRIBUTIONS.has(name)) continue;
    if (
      name
        .split('-')
        .some((word) => [...words].some((own) => own === word || (word.length > 4 && (own.includes(word) || word.includes(own)))))
    )
      return true;
  }
  return false;
}
