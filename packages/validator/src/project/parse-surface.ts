import type { FilelessModules, SymbolKind } from '../extract/module-summary';
import type { ProjectSurface, SurfaceExport, SurfaceModule } from '../resolve/project-surface';
import { SURFACE_VERSION } from './format-surface';

/** Reads what `formatSurface` wrote; undefined for a text of another version, and for one that is damaged. */
export function parseSurface(text: string): ProjectSurface | undefined {
  try {
    return readDocument(asRecord(JSON.parse(text)));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof DamagedSurface) return undefined;
    throw error;
  }
}

/** Never leaves this file. */
class DamagedSurface extends Error {}

function readDocument({ version, distribution, requires, stored, modules }: Record<string, unknown>): ProjectSurface {
  if (version !== SURFACE_VERSION) throw new DamagedSurface('another version');
  return {
    distribution: distribution === undefined ? undefined : asText(distribution),
    requires: asTexts(requires),
    modules: asList(modules).map((module) => readModule(asRecord(module))),
    stored: stored === undefined ? [] : asTexts(stored),
  };
}

function readModule(document: Record<string, unknown>): SurfaceModule {
  const { module, aliases, path, open, fileless, all, exports, others, submodules, unbound } = document;
  return {
    names: [asText(module), ...(aliases === undefined ? [] : asTexts(aliases))],
    path: asText(path),
    isOpen: open === undefined ? false : oneOf([true], open),
    fileless: fileless === undefined ? 'none' : oneOf<FilelessModules>(['beside', 'any'], fileless),
    all: all === undefined ? undefined : all === 'dynamic' ? all : asTexts(all),
    exports: Object.entries(asRecord(exports)).map(([name, entry]) => readExport(name, asRecord(entry))),
    others: others === undefined ? [] : asText(others).split(' '),
    submodules: submodules === undefined ? [] : asText(submodules).split(' '),
    unbound: Object.entries(unbound === undefined ? {} : asRecord(unbound)).map(([name, status]) => ({
      name,
      status: oneOf(['type-checking-only', 'declared-only', 'deleted'], status),
    })),
  };
}

const KINDS: readonly (SymbolKind | 'module')[] = ['function', 'class', 'variable', 'type-alias', 'import', 'module'];

function readExport(name: string, { kind, signature, call }: Record<string, unknown>): SurfaceExport {
  const text = Array.isArray(signature) ? asTexts(signature).join('\n') : asText(signature);
  return { name, kind: oneOf(KINDS, kind), signature: text, ...(call === undefined ? {} : { call: asCall(call) }) };
}

const CALL = /^\((?:(?:\*{0,2}[^\s(),=*]+(?:=\.\.\.)?|\/|\*)(?:, (?!\))|(?=\))))*\)$/;

function asCall(value: unknown): string {
  const text = asText(value);
  if (!CALL.test(text)) throw new DamagedSurface('no call');
  return text;
}

function oneOf<Value>(values: readonly Value[], value: unknown): Value {
  const found = values.find((each) => each === value);
  if (found === undefined) throw new DamagedSurface('an unknown word');
  return found;
}

function asText(value: unknown): string {
  if (typeof value !== 'string') throw new DamagedSurface('no text');
  return value;
}

function asList(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new DamagedSurface('no list');
  return value as readonly unknown[];
}

function asTexts(value: unknown): readonly string[] {
  return asList(value).map(asText);
}

function asRecord(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new DamagedSurface('no record');
  return value as Record<string, unknown>;
}
