import type { CallableShape } from '../extract/callable';
import type { ImportStatement } from '../extract/import-statement';
import type { DunderAll, ModuleSummary, ModuleSymbol } from '../extract/module-summary';
import type { LibraryModule } from '../resolve/library-modules';
import type { SurfaceModule } from '../resolve/project-surface';
import { readCall } from './read-call';

/** What links may ask of a module of a library, told by its surface alone. */
export function librarySummary({ module, surface, isShared }: LibraryModule): ModuleSummary {
  return {
    ...NOTHING,
    imports: surface.submodules.map((name) => importOf(`${module}.${name}`)),
    symbols: symbolsOf(surface),
    dunderAll: dunderAllOf(surface),
    isDynamic: surface.isOpen || isShared,
    fileless: isShared ? 'any' : surface.fileless,
    callables: isShared ? new Map() : callablesOf(surface),
  };
}

function symbolsOf({ exports, others, submodules, unbound }: SurfaceModule): ReadonlyMap<string, ModuleSymbol> {
  const symbols: ModuleSymbol[] = [
    ...[...others, ...submodules].map((name) => ({ name, kind: 'import' as const, status: 'bound' as const })),
    ...unbound.map(({ name, status }) => ({ name, kind: 'variable' as const, status })),
    ...exports.map(({ name, kind }) => ({ name, kind: kind === 'module' ? ('import' as const) : kind, status: 'bound' as const })),
  ];
  return new Map(symbols.sort((left, right) => (left.name < right.name ? -1 : 1)).map((symbol) => [symbol.name, symbol]));
}

function dunderAllOf({ all }: SurfaceModule): DunderAll {
  if (all === undefined) return { kind: 'absent' };
  return all === 'dynamic' ? { kind: 'dynamic' } : { kind: 'names', names: all };
}

/** A class is told by its call, too: what derives from it is not followed into the library. */
function callablesOf({ exports }: SurfaceModule): ReadonlyMap<string, CallableShape> {
  return new Map(
    exports.flatMap(({ name, call }): [string, CallableShape][] =>
      call === undefined ? [] : [[name, { kind: 'function', parameters: readCall(call), line: 0 }]],
    ),
  );
}

function importOf(module: string): ImportStatement {
  return { ...PLAIN_IMPORT, module, boundName: module.split('.', 1)[0]! };
}

const NOWHERE = { start: 0, end: 0 };

const PLAIN_IMPORT: ImportStatement = {
  kind: 'import',
  level: 0,
  module: '',
  moduleSpan: NOWHERE,
  span: NOWHERE,
  names: [],
  boundName: undefined,
  hasAlias: false,
  guard: 'none',
  typeCheckingOnly: false,
  conditional: false,
  time: 'load',
};

const NOTHING: ModuleSummary = {
  text: '',
  syntaxFaults: [],
  compileFaults: [],
  bareExcepts: [],
  secrets: [],
  imports: [],
  symbols: new Map(),
  dunderAll: { kind: 'absent' },
  isDynamic: false,
  fileless: 'none',
  hasModuleGetattr: false,
  nameFaults: [],
  attributeUses: [],
  storedAttributes: new Set(),
  callables: new Map(),
  calls: [],
  loadSteps: [],
  service: undefined,
};
