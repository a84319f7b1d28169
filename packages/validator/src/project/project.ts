import { compareDiagnostics } from '../diagnostics/compare-diagnostics';
import type { Diagnostic } from '../diagnostics/diagnostic';
import { extractSummary } from '../extract/extract-summary';
import type { ModuleSummary } from '../extract/module-summary';
import { findLoadFailures } from '../graph/find-load-failures';
import type { LoadableProject } from '../graph/load-simulation';
import { DEFAULT_PYTHON_VERSION, parsePythonVersion, type PythonVersion } from '../python/python-version';
import { ImportResolver } from '../resolve/import-resolver';
import { isManifest } from '../resolve/manifest-paths';
import { isExtensionModule } from '../resolve/module-finder';
import { readImportRoots } from '../resolve/read-import-roots';
import { readRequirements } from '../resolve/read-requirements';
import type { Requirements } from '../resolve/requirements';
import type { RuleContext } from '../rules/rule';
import { LineIndex } from '../text/line-index';
import { checkLoading } from './check-loading';
import { checkModule } from './check-module';
import { checkService } from './check-service';
import { exportKey, shownKey } from './export-key';
import { LinkStore } from './link-store';
import { listProjectImports } from './list-project-imports';
import { manifestDiagnostics } from './manifest-diagnostics';
import type { ModuleSurface } from './module-surface';
import type { ProjectImport } from './project-import';
import type { ProjectOptions } from './project-options';
import { readSurface } from './read-surface';
import type { UpdateWork } from './update-work';
import { wiringKey } from './wiring-key';

/** A set of Python files that is kept checked while its texts change. Works on texts alone: nothing is read from disk. */
export class Project {
  private readonly texts = new Map<string, string>();
  private readonly summaries = new Map<string, ModuleSummary>();
  private readonly store = new LinkStore(this.summaries);
  private readonly diagnostics = new Map<string, readonly Diagnostic[]>();
  private loading: readonly Diagnostic[] = [];
  private service: readonly Diagnostic[] = [];
  /** Files whose places `loading` and `service` tell. */
  private readonly shownFiles = new Set<string>();
  private requirements: Requirements;
  private version: PythonVersion;
  private resolver: ImportResolver;
  private modules: readonly string[] | undefined;

  constructor(private readonly options: ProjectOptions) {
    this.requirements = readRequirements(new Map());
    this.version = this.chosenVersion();
    this.resolver = this.makeResolver();
    this.update(options.files);
  }

  /** Takes over new texts; `null` deletes a file. Only what can have another verdict is looked at again. */
  update(changes: ReadonlyMap<string, string | null>): UpdateWork {
    const changed = [...changes].filter(([path, text]) => (this.texts.get(path) ?? null) !== text);
    const hasNewManifest = changed.some(([path]) => isManifest(path));
    const moved = changed.filter(([path, text]) => isImportable(path) && this.texts.has(path) !== (text !== null)).map(([path]) => path);
    for (const [path, text] of changed) {
      if (text === null) this.texts.delete(path);
      else this.texts.set(path, text);
    }
    const parsed = new Set(changed.filter(([path, text]) => text !== null && path.endsWith('.py')).map(([path]) => path));
    if (hasNewManifest && this.readManifests()) for (const path of this.texts.keys()) if (path.endsWith('.py')) parsed.add(path);
    const { renamed, isShownAnew, isRewired } = this.readSummaries(
      [...parsed],
      changed.filter(([path, text]) => text === null && path.endsWith('.py')).map(([path]) => path),
    );
    const toLink = this.filesToLink(moved, hasNewManifest);
    for (const path of [...parsed, ...this.store.affectedBy(renamed, isShownAnew)]) toLink.add(path);
    const { isMeantAnew, ...work } = this.checkAgain(toLink, parsed, hasNewManifest);
    const isStale = isRewired || isMeantAnew || moved.length > 0 || hasNewManifest;
    if (isStale) this.rewire();
    return { parsed: [...parsed].sort(), ...work, isRewired: isStale };
  }

  /** All findings, or those of some files, in one stable order. */
  check(paths?: readonly string[]): readonly Diagnostic[] {
    const wanted = paths === undefined ? undefined : new Set(paths);
    const all = [...[...this.diagnostics.values()].flat(), ...this.loading, ...this.service, ...manifestDiagnostics(this.requirements)];
    return all.filter(({ path }) => wanted === undefined || wanted.has(path)).sort(compareDiagnostics);
  }

  /** What others may use of a file; undefined when the project has no such Python file. */
  surface(path: string): ModuleSurface | undefined {
    const summary = this.summaries.get(path);
    return summary === undefined ? undefined : readSurface(path, this.resolver.moduleOf(path), summary);
  }

  /** The file's imports that reach other files of the project, in source order. */
  importsOf(path: string): readonly ProjectImport[] {
    const summary = this.summaries.get(path);
    const linked = this.store.links.get(path);
    return summary === undefined || linked === undefined ? [] : listProjectImports(summary, linked);
  }

  /** Returns whether the Python version is another now. */
  private readManifests(): boolean {
    this.requirements = readRequirements(this.texts);
    const before = this.version.minor;
    this.version = this.chosenVersion();
    return before !== this.version.minor;
  }

  private chosenVersion(): PythonVersion {
    const { pythonVersion } = this.options;
    const stated = this.requirements.requiresPython;
    return parsePythonVersion(pythonVersion ?? stated ?? '') ?? DEFAULT_PYTHON_VERSION;
  }

  /** Looks for modules anew when files came or went. */
  private filesToLink(moved: readonly string[], hasNewManifest: boolean): Set<string> {
    if (moved.length === 0 && !hasNewManifest) return new Set();
    const before = this.resolver;
    this.resolver = this.makeResolver();
    const isElsewhere = hasNewManifest || !this.resolver.searchesLike(before);
    return new Set(isElsewhere ? this.summaries.keys() : this.store.affectedByMoves(moved, this.resolver, before));
  }

  private rewire(): void {
    this.shownFiles.clear();
    this.loading = this.checkLoadFailures();
    this.service = checkService(this.linkedProject(), (path) => this.wiringContextOf(path));
  }

  /** Notes whose lines the findings tell: they are stale when those move. */
  private wiringContextOf(path: string): RuleContext {
    this.shownFiles.add(path);
    const context = this.contextOf(path);
    const lineIn = (other: string, offset: number): number => {
      this.shownFiles.add(other);
      return context.lineIn(other, offset);
    };
    return { ...context, lineIn };
  }

  private makeResolver(): ImportResolver {
    const files = new Set([...this.summaries.keys(), ...[...this.texts.keys()].filter(isExtensionModule)]);
    this.modules = undefined;
    return new ImportResolver({
      files,
      roots: this.options.roots ?? readImportRoots({ files, texts: this.texts }),
      version: this.version,
      requirements: this.requirements,
    });
  }

  /** `renamed`: files whose names are others now; `isShownAnew`: messages about some file may read differently. */
  private readSummaries(
    parsed: readonly string[],
    deleted: readonly string[],
  ): { readonly renamed: readonly string[]; readonly isShownAnew: boolean; readonly isRewired: boolean } {
    const renamed: string[] = [];
    let isShownAnew = false;
    let isRewired = false;
    for (const path of [...parsed, ...deleted]) {
      const before = this.summaries.get(path);
      const text = this.texts.get(path);
      const after = text === undefined ? undefined : (this.options.readSummary?.(path, text) ?? extractSummary(text, this.version));
      if (after === undefined) this.summaries.delete(path);
      else this.summaries.set(path, after);
      this.store.replaceSummary(path, before, after);
      if (after === undefined) this.diagnostics.delete(path);
      isRewired ||= this.hasOtherWiring(path, before, after);
      const keys = [before, after].map((summary) => (summary === undefined ? '' : exportKey(path, summary)));
      if (keys[0] !== keys[1]) renamed.push(path);
      else if (before !== undefined && after !== undefined) isShownAnew ||= shownKey(before) !== shownKey(after);
    }
    return { renamed, isShownAnew, isRewired };
  }

  /** Whether load order and wiring may be judged otherwise, or their findings stand in other lines. */
  private hasOtherWiring(path: string, before: ModuleSummary | undefined, after: ModuleSummary | undefined): boolean {
    if (before === undefined || after === undefined || this.shownFiles.has(path)) return true;
    return wiringKey(before) !== wiringKey(after);
  }

  private checkAgain(
    toLink: ReadonlySet<string>,
    parsed: ReadonlySet<string>,
    isForced: boolean,
  ): Pick<UpdateWork, 'linked' | 'checked'> & { readonly isMeantAnew: boolean } {
    const linked = [...toLink].filter((path) => this.summaries.has(path)).sort();
    const checked: string[] = [];
    let isMeantAnew = false;
    for (const path of linked) {
      const change = this.store.relink(path, this.resolver, () => this.moduleNames());
      isMeantAnew ||= change.isMeantAnew;
      if (!change.isChanged && !parsed.has(path) && !isForced) continue;
      this.diagnostics.set(path, checkModule(this.contextOf(path)));
      checked.push(path);
    }
    return { linked, checked, isMeantAnew };
  }

  private checkLoadFailures(): readonly Diagnostic[] {
    const failures = findLoadFailures(this.linkedProject());
    const paths = [...new Set(failures.map(({ importer }) => importer))].sort();
    return paths.flatMap((path) =>
      checkLoading(
        this.wiringContextOf(path),
        failures.filter(({ importer }) => importer === path),
      ),
    );
  }

  private linkedProject(): LoadableProject {
    return { summaries: this.summaries, links: this.store.links, resolver: this.resolver };
  }

  private contextOf(path: string): RuleContext {
    const summary = this.summaries.get(path)!;
    return {
      path,
      summary,
      linked: this.store.links.get(path)!,
      lines: new LineIndex(summary.text),
      version: this.version,
      requirements: this.requirements,
      lineIn: (other, offset) => new LineIndex(this.summaries.get(other)!.text).position(offset).line,
      moduleOf: (other) => this.resolver.moduleOf(other) ?? other,
    };
  }

  private moduleNames(): readonly string[] {
    this.modules ??= [...new Set([...this.summaries.keys()].map((path) => this.resolver.moduleOf(path)))]
      .filter((name) => name !== undefined)
      .sort();
    return this.modules;
  }
}

function isImportable(path: string): boolean {
  return path.endsWith('.py') || isExtensionModule(path);
}
