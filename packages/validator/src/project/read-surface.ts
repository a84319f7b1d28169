import { describeSymbols } from '../extract/describe-symbols';
import type { ModuleSummary } from '../extract/module-summary';
import type { PythonVersion } from '../python/python-version';
import type { ModuleSurface } from './module-surface';

const described = new WeakMap<ModuleSummary, ReadonlyMap<string, string>>();

export interface SurfaceSource {
  readonly path: string;
  readonly module: string | undefined;
  readonly summary: ModuleSummary;
  readonly version: PythonVersion;
}

/** `__all__` decides when it is plain data; else public names, and in `__init__.py` also what it imports. */
export function readSurface({ path, module, summary, version }: SurfaceSource): ModuleSurface {
  const { dunderAll } = summary;
  const listed = dunderAll.kind === 'names' ? new Set(dunderAll.names) : undefined;
  const isPackage = path === '__init__.py' || path.endsWith('/__init__.py');
  const symbols = [...summary.symbols.values()].filter((symbol) => {
    if (symbol.status !== 'bound') return false;
    if (listed !== undefined) return listed.has(symbol.name);
    return !symbol.name.startsWith('_') && (symbol.kind !== 'import' || isPackage);
  });
  const signatures = signaturesOf(summary, version);
  return { path, module, exports: symbols.map(({ name, kind }) => ({ name, kind, signature: signatures.get(name)! })) };
}

function signaturesOf(summary: ModuleSummary, version: PythonVersion): ReadonlyMap<string, string> {
  const known = described.get(summary) ?? describeSymbols(summary.text, version);
  described.set(summary, known);
  return known;
}
