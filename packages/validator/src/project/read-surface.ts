import type { ModuleSummary } from '../extract/module-summary';
import type { ModuleSurface } from './module-surface';

/** `__all__` decides when it is plain data; else public names, and in `__init__.py` also what it imports. */
export function readSurface(path: string, module: string | undefined, summary: ModuleSummary): ModuleSurface {
  const { dunderAll } = summary;
  const listed = dunderAll.kind === 'names' ? new Set(dunderAll.names) : undefined;
  const isPackage = path === '__init__.py' || path.endsWith('/__init__.py');
  const symbols = [...summary.symbols.values()].filter((symbol) => {
    if (symbol.status !== 'bound') return false;
    if (listed !== undefined) return listed.has(symbol.name);
    return !symbol.name.startsWith('_') && (symbol.kind !== 'import' || isPackage);
  });
  return { path, module, exports: symbols.map(({ name, kind, signature }) => ({ name, kind, signature })) };
}
