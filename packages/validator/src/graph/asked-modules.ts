import type { CallableShape } from '../extract/callable';
import type { ImportStatement } from '../extract/import-statement';
import { isEqual } from '../algorithms/is-equal';
import { isCalledAlike } from './is-called-alike';
import type { DunderAll, ModuleSummary, ModuleSymbol } from '../extract/module-summary';

/** What links may ask of files. Every question is told, so that a link is made again only when one of its answers is another. */
export class AskedModules {
  private readonly called = new Set<string>();

  constructor(
    private readonly summaries: Pick<ReadonlyMap<string, ModuleSummary>, 'get'>,
    /** `question`: one of those `changedAnswers` gives. */
    private readonly onAsk: (path: string, question: string) => void,
  ) {}

  /** Whether the project has such a Python file. */
  isThere(path: string): boolean {
    return this.ask(path, NATURE) !== undefined;
  }

  /** Undefined for a file that is not there. */
  natureOf(path: string): Pick<ModuleSummary, 'isDynamic' | 'fileless' | 'hasModuleGetattr'> | undefined {
    return this.ask(path, NATURE);
  }

  symbolOf(path: string, name: string): ModuleSymbol | undefined {
    return this.ask(path, nameQuestion(name))?.symbols.get(name);
  }

  /** What a symbol of that file that is an import was imported by. */
  originOf(path: string, { name, origin }: ModuleSymbol): ImportStatement | undefined {
    return origin === undefined ? undefined : this.ask(path, nameQuestion(name))?.imports[origin.importIndex];
  }

  /** Names bound when the module has loaded, imported ones too. */
  boundNames(path: string): readonly string[] {
    const symbols = [...(this.ask(path, NAMES)?.symbols.values() ?? [])];
    return symbols.filter(({ status }) => status === 'bound').map(({ name }) => name);
  }

  dunderAllOf(path: string): DunderAll {
    return this.ask(path, ALL)?.dunderAll ?? { kind: 'absent' };
  }

  /** Star imports, those for type checkers too. */
  starsOf(path: string): readonly ImportStatement[] {
    return (this.ask(path, STARS)?.imports ?? []).filter(isStar);
  }

  importsOf(path: string): readonly ImportStatement[] {
    return this.ask(path, IMPORTS)?.imports ?? [];
  }

  /** How it is called; how it is written, and in which line, is asked for by `noteShown`. */
  callableOf(path: string, name: string): CallableShape | undefined {
    this.called.add(path);
    return this.ask(path, callableQuestion(name))?.callables.get(name);
  }

  /** A message shows what was asked for by `callableOf`, as it is written. */
  noteShown(): void {
    for (const path of this.called) this.onAsk(path, SHOWN);
  }

  private ask(path: string, question: string): ModuleSummary | undefined {
    this.onAsk(path, question);
    return this.summaries.get(path);
  }
}

/** The questions to which a file gives another answer now; undefined: it is not there. */
export function changedAnswers(before: ModuleSummary | undefined, after: ModuleSummary | undefined): readonly string[] {
  const names = namesInEither(before?.symbols, after?.symbols).filter((name) => !isSameSymbol(name, before, after));
  const callables = namesInEither(before?.callables, after?.callables).filter(
    (name) => !isCalledAlike(before?.callables.get(name), after?.callables.get(name)),
  );
  const tell = (summary: ModuleSummary | undefined, read: (summary: ModuleSummary) => unknown): unknown =>
    summary === undefined ? undefined : read(summary);
  const wholes = WHOLES.filter(([, read]) => !isEqual(tell(before, read), tell(after, read)));
  return [...names.map(nameQuestion), ...callables.map(callableQuestion), ...wholes.map(([question]) => question)];
}

const NATURE = 'nature';
const NAMES = 'names';
const ALL = '__all__';
const STARS = 'stars';
const IMPORTS = 'imports';
const SHOWN = 'shown';

/** Questions about a file as a whole. */
const WHOLES: readonly (readonly [string, (summary: ModuleSummary) => unknown])[] = [
  [NATURE, ({ isDynamic, fileless, hasModuleGetattr }) => [isDynamic, fileless, hasModuleGetattr]],
  [NAMES, ({ symbols }) => [...symbols.values()].map(({ name, status }) => [name, status])],
  [ALL, ({ dunderAll }) => dunderAll],
  [STARS, ({ imports }) => imports.filter(isStar).map(importAnswer)],
  [IMPORTS, ({ imports }) => imports.map(importAnswer)],
  [SHOWN, ({ callables }) => [...callables]],
];

function isStar({ kind }: ImportStatement): boolean {
  return kind === 'star';
}

function nameQuestion(name: string): string {
  return `name ${name}`;
}

function callableQuestion(name: string): string {
  return `callable ${name}`;
}

function importAnswer({ kind, level, module, names, time, typeCheckingOnly }: ImportStatement): unknown {
  return [kind, level, module, names.map(({ name }) => name), time, typeCheckingOnly];
}

function isSameSymbol(name: string, before: ModuleSummary | undefined, after: ModuleSummary | undefined): boolean {
  const [known, now] = [before?.symbols.get(name), after?.symbols.get(name)];
  if (known === undefined || now === undefined || known.status !== now.status) return false;
  return isEqual(originAnswer(known, before!), originAnswer(now, after!));
}

function originAnswer({ origin }: ModuleSymbol, { imports }: ModuleSummary): unknown {
  if (origin === undefined) return undefined;
  const { level, module, hasAlias, names } = imports[origin.importIndex]!;
  return [level, module, hasAlias, origin.importedNameIndex === undefined ? undefined : names[origin.importedNameIndex]!.name];
}

function namesInEither(before: ReadonlyMap<string, unknown> = NO_NAMES, after: ReadonlyMap<string, unknown> = NO_NAMES): readonly string[] {
  return [...new Set([...before.keys(), ...after.keys()])];
}

const NO_NAMES: ReadonlyMap<string, unknown> = new Map();
