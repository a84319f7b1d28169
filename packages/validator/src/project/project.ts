import { ReadMemo } from '../algorithms/read-memo';
import { EVERYTHING, RecordedMap } from '../algorithms/recorded-map';
import { updateSorted } from '../algorithms/update-sorted';
import type { Diagnostic } from '../diagnostics/diagnostic';
import { extractInterface } from '../extract/extract-interface';
import { extractOutline } from '../extract/extract-outline';
import { extractSummary } from '../extract/extract-summary';
import type { ModuleSummary } from '../extract/module-summary';
import { readProjectSurface } from '../graph/read-project-surface';
import { LoadFailures } from '../graph/load-failures';
import { ModuleNames } from '../graph/module-names';
import { flowKey } from '../graph/flow/flow-index';
import { DefinitionIndex } from '../graph/service/definition-index';
import { ProjectRemarks } from '../graph/service/project-remarks';
import { isNamedAlike, NAMES } from '../graph/service/reference-resolver';
import { textKey } from '../graph/service/source-of';
import { DEFAULT_PYTHON_VERSION, parsePythonVersion, type PythonVersion } from '../python/python-version';
import { ImportResolver } from '../resolve/import-resolver';
import { LibraryModules } from '../resolve/library-modules';
import { isManifest } from '../resolve/manifest-paths';
import { isExtensionModule } from '../resolve/module-finder';
import { readImportRoots } from '../resolve/read-import-roots';
import type { ProjectSurface } from '../resolve/project-surface';
import { readRequirements } from '../resolve/read-requirements';
import type { Requirements } from '../resolve/requirements';
import { OUTLINE_RULES } from '../rules/outline-rules';
import { RULES } from '../rules/registry';
import type { Rule, RuleContext } from '../rules/rule';
import { LineIndex } from '../text/line-index';
import { checkLoading } from './check-loading';
import { checkModule } from './check-module';
import { checkService } from './check-service';
import { checkTexts } from './check-texts';
import { FindingStore } from './finding-store';
import { LinkStore, nearestQuestion } from './link-store';
import { listProjectImports } from './list-project-imports';
import { manifestDiagnostics } from './manifest-diagnostics';
import type { ModuleSurface } from './module-surface';
import type { ProjectImport } from './project-import';
import type { ProjectOptions } from './project-options';
import { readSurface } from './read-surface';
import { ShownFiles } from './shown-files';
import type { UpdateWork } from './update-work';
import { hasSameBodies, isWiredAlike } from './wiring-facts';

/** What is known of load order and wiring, and what it was read from. */
interface Wiring {
  readonly memo: ReadMemo;
  readonly remarks: ProjectRemarks;
  readonly index: DefinitionIndex;
  readonly loads: LoadFailures;
}

/** One that outlines are not enough for. */
const RULE_OF_ALL_FACTS = 'wrong-arguments';

/** A set of Python files that is kept checked while its texts change. Works on texts alone: nothing is read from disk. */
export class Project {
  private readonly texts = new Map<string, string>();
  private readonly summaries = new Map<string, ModuleSummary>();
  private readonly store: LinkStore;
  private readonly libraries: LibraryModules | undefined;
  private readonly findings = new FindingStore();
  /** Paths that imports can reach. */
  private readonly importable = new Set<string>();
  private readonly shownFiles = new ShownFiles();
  /** Whether load order, wiring and what other texts than Python's tell are to be looked at again. */
  private isStale = false;
  private requirements: Requirements;
  private version: PythonVersion;
  private resolver: ImportResolver;
  private wiring: Wiring;
  /** Sorted, as it was when it was last asked for; and the files that came or went since. */
  private paths: readonly string[] = [];
  private readonly unlisted = new Set<string>();
  private modules: ModuleNames | undefined;
  private readonly rules: readonly Rule[];
  /** Whether the rules asked need no more of a file than its outline. */
  private readonly readsOutlines: boolean;
  /** Files of which only the outline was read. */
  private readonly outlined = new Set<string>();

  constructor(private readonly options: ProjectOptions) {
    const { rules, libraries } = options;
    this.libraries = libraries === undefined || libraries.size === 0 ? undefined : new LibraryModules(libraries);
    this.store = new LinkStore(this.summaries, { libraries: this.libraries, isFinal: options.isFinal });
    this.rules = rules === undefined ? RULES : RULES.filter(({ meta }) => rules.includes(meta.id));
    this.readsOutlines = rules?.every((rule) => OUTLINE_RULES.has(rule)) === true;
    this.requirements = readRequirements(new Map());
    this.version = this.chosenVersion();
    this.resolver = this.makeResolver();
    this.wiring = this.makeWiring();
    this.update(options.files);
  }

  /** Takes over new texts; `null` deletes a file. Only what can have another verdict is looked at again. */
  update(changes: ReadonlyMap<string, string | null>): UpdateWork {
    if (this.options.isFinal === true && this.texts.size > 0)
      throw new Error('This project was opened for one verdict (`isFinal`), so that its texts cannot change. Open it without that.');
    const changed = [...changes].filter(([path, text]) => (this.texts.get(path) ?? null) !== text);
    const hasNewManifest = changed.some(([path]) => isManifest(path));
    const moved = new Map(
      changed.flatMap(([path, text]) => (isImportable(path) && this.texts.has(path) !== (text !== null) ? [[path, text !== null]] : [])),
    );
    this.takeTexts(changed);
    const parsed = new Set(changed.filter(([path, text]) => text !== null && path.endsWith('.py')).map(([path]) => path));
    if (hasNewManifest && this.readManifests()) for (const path of this.texts.keys()) if (path.endsWith('.py')) parsed.add(path);
    const { questions, isRewired } = this.readSummaries(
      [...parsed],
      changed.filter(([path, text]) => text === null && path.endsWith('.py')).map(([path]) => path),
    );
    const toLink = this.filesToLink(moved, hasNewManifest);
    for (const path of [...parsed, ...this.store.affectedBy(questions)]) toLink.add(path);
    const { isMeantAnew, ...work } = this.checkAgain(toLink, parsed, hasNewManifest);
    const isTold = changed.some(([path]) => !path.endsWith('.py'));
    const isStale = isRewired || isMeantAnew || moved.size > 0 || hasNewManifest || isTold;
    if (isStale) this.isStale = true;
    this.confirmOutlines();
    return { parsed: [...parsed].sort(), ...work, isRewired: isStale };
  }

  private takeTexts(changed: readonly (readonly [string, string | null])[]): void {
    for (const [path, text] of changed) {
      if (text === null) this.texts.delete(path);
      else this.texts.set(path, text);
      if (text === null) this.importable.delete(path);
      else if (isImportable(path)) this.importable.add(path);
    }
  }

  /** All findings, or those of some files, in one stable order. */
  check(paths?: readonly string[]): readonly Diagnostic[] {
    this.settle();
    return this.findings.list(paths);
  }

  /** What others may use of a file; undefined when the project has no such Python file. */
  surface(path: string): ModuleSurface | undefined {
    const summary = this.summaries.get(path);
    if (summary === undefined) return undefined;
    return readSurface({ path, module: this.resolver.moduleOf(path), summary, version: this.version });
  }

  /** What other projects may use of this one; of the files that `owns` takes, all when left out. */
  surfaceOf({ owns = () => true }: { readonly owns?: (path: string) => boolean } = {}): ProjectSurface {
    if (this.readsOutlines) return this.readWhole().surfaceOf({ owns });
    const { importable: paths, summaries, resolver, requirements, version } = this;
    return readProjectSurface({ paths, summaries, links: this.store.links, resolver, requirements, version, owns });
  }

  /** The same project with all facts: outlines do not tell how things are called. */
  private readWhole(): Project {
    const { rules, readOutline, ...options } = this.options;
    return new Project({ ...options, files: this.texts, rules: [RULE_OF_ALL_FACTS] });
  }

  /** @internal Files of which only the outline was read, sorted: no body of a function was parsed there without need. */
  outlines(): readonly string[] {
    return [...this.outlined].sort();
  }

  /** @internal Values about load order and wiring computed so far: the measure of that work. */
  valuesComputed(): number {
    this.settle();
    return this.wiring.memo.computed;
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
  private filesToLink(moved: ReadonlyMap<string, boolean>, hasNewManifest: boolean): Set<string> {
    if (moved.size === 0 && !hasNewManifest) return new Set();
    const mayMove = hasNewManifest || this.resolver.mayMovePlaces(moved);
    if (hasNewManifest || (mayMove && !this.resolver.searchesLike(this.importable, this.roots()))) {
      this.resolver = this.makeResolver();
      this.wiring = this.makeWiring();
      this.modules = undefined;
      return new Set(this.summaries.keys());
    }
    const probes = this.resolver.update(moved);
    this.wiring.memo.forget(probes);
    return new Set(this.store.affectedBy([...probes, ...this.moveModules(moved).map(nearestQuestion)]));
  }

  /** Returns the missing modules that have other near ones now. */
  private moveModules(moved: ReadonlyMap<string, boolean>): readonly string[] {
    const named = [...moved].flatMap(([path, isThere]): [string, boolean][] => {
      const module = path.endsWith('.py') ? this.resolver.moduleOf(path) : undefined;
      return module === undefined ? [] : [[module, isThere]];
    });
    return this.modules?.update(named) ?? [];
  }

  /** Follows load order and wiring where they may be others: not before a verdict is asked for, since many updates may come before that. */
  private settle(): void {
    if (!this.isStale) return;
    this.isStale = false;
    this.shownFiles.startAnew();
    this.wiring.memo.forgetLoose();
    const loading = this.checkLoadFailures();
    const service = checkService(this.wiring.index, {
      contextOf: (path) => this.wiringContextOf(path),
      asked: this.rules,
    });
    this.findings.putShared([...loading, ...service, ...manifestDiagnostics(this.requirements), ...checkTexts(this.texts, this.rules)]);
  }

  /** Notes whose lines the findings tell: they are stale when those move. */
  private wiringContextOf(path: string): RuleContext {
    const linesOf = (other: string): LineIndex => this.shownFiles.linesOf(other, this.summaries.get(other)!.text);
    return this.contextOf(path, linesOf);
  }

  private roots(): readonly string[] {
    return this.options.roots ?? readImportRoots({ files: this.importable, texts: this.texts });
  }

  private makeResolver(): ImportResolver {
    const { version, requirements, libraries } = this;
    return new ImportResolver({ files: this.importable, roots: this.roots(), version, requirements, libraries });
  }

  private makeWiring(): Wiring {
    const isFinal = this.options.isFinal === true;
    const memo = new ReadMemo(isFinal ? null : (reads, run) => this.resolver.finder.record(reads, run));
    const remarks = new ProjectRemarks(this.summaries, memo);
    const summaries = new RecordedMap(this.summaries, memo);
    const links = new RecordedMap(this.store.links, memo);
    const named = { summaries: new RecordedMap(this.summaries, memo, NAMES), links: new RecordedMap(this.store.links, memo, NAMES) };
    const project = { summaries, links, resolver: this.resolver, named };
    const index = new DefinitionIndex(project, memo, () => this.sortedPaths(), remarks);
    return { memo, remarks, index, loads: new LoadFailures(index) };
  }

  private sortedPaths(): readonly string[] {
    if (this.unlisted.size === 0) return this.paths;
    const known = new Set(this.paths.filter((path) => this.unlisted.has(path)));
    const come = new Set([...this.unlisted].filter((path) => this.summaries.has(path) && !known.has(path)));
    const gone = new Set([...known].filter((path) => !this.summaries.has(path)));
    this.unlisted.clear();
    if (come.size > 0 || gone.size > 0) this.paths = updateSorted(this.paths, come, gone);
    return this.paths;
  }

  /** `questions`: those that links ask of files which have another answer now. */
  private readSummaries(
    parsed: readonly string[],
    deleted: readonly string[],
  ): { readonly questions: readonly string[]; readonly isRewired: boolean } {
    const questions: string[] = [];
    let isRewired = false;
    for (const path of [...parsed, ...deleted]) {
      const before = this.summaries.get(path);
      const text = this.texts.get(path);
      this.outlined.delete(path);
      const after = text === undefined ? undefined : this.summaryOf(path, text);
      if (after === undefined) this.summaries.delete(path);
      else this.summaries.set(path, after);
      questions.push(...this.store.replaceSummary(path, before, after));
      if (after === undefined) this.findings.put(path, []);
      if (before === undefined || after === undefined) this.unlisted.add(path);
      if (this.hasOtherWiring(path, before, after)) isRewired = true;
    }
    return { questions, isRewired };
  }

  private summaryOf(path: string, text: string): ModuleSummary {
    const known = this.options.readSummary?.(path, text);
    const outline = known === undefined && this.readsOutlines ? this.outlineOf(path, text) : undefined;
    if (outline !== undefined) this.outlined.add(path);
    return known ?? outline ?? extractSummary(text, this.version);
  }

  private outlineOf(path: string, text: string): ModuleSummary | undefined {
    return this.options.readOutline?.(path, text) ?? extractOutline(text, this.version);
  }

  /**
   * Reads in full what a finding rests on before it stands: in an outline, a fault of syntax may be hidden that makes
   * the file say nothing, or others say nothing of it. A file without findings gets none by that.
   */
  private confirmOutlines(): void {
    while (this.outlined.size > 0) {
      const found = this.findings.own();
      const doubted = found
        .flatMap(([path, diagnostics]) => this.foundationsOf(path, diagnostics))
        .filter((path) => this.outlined.delete(path));
      if (doubted.length === 0) return;
      for (const path of doubted) this.readInFull(path);
      this.checkAgain(new Set(found.map(([path]) => path)), new Set(), true);
    }
  }

  private foundationsOf(path: string, diagnostics: readonly Diagnostic[]): readonly string[] {
    const asksOthers = diagnostics.some(({ rule }) => rule === 'unknown-symbol' || rule === 'unresolved-import');
    const names = diagnostics.filter(({ rule }) => rule === 'unknown-symbol').map(({ data }) => String(data?.['name']));
    return asksOthers ? [path, ...this.store.foundations(path), ...this.outlinesThatMayStore(names)] : [path];
  }

  /** A function of any file may store a name on a module; its body is not in the outline. */
  private outlinesThatMayStore(names: readonly string[]): readonly string[] {
    if (names.length === 0) return [];
    return [...this.outlined].filter((path) => names.some((name) => this.texts.get(path)!.includes(`.${name}`)));
  }

  private readInFull(path: string): void {
    const after = extractInterface(this.texts.get(path)!, this.version);
    this.store.replaceSummary(path, this.summaries.get(path), after);
    this.summaries.set(path, after);
  }

  /** Whether load order and wiring may be judged otherwise, or their findings stand in other lines. */
  private hasOtherWiring(path: string, before: ModuleSummary | undefined, after: ModuleSummary | undefined): boolean {
    const { memo, remarks } = this.wiring;
    const hasOtherBodies = (): boolean => memo.isRead(flowKey(path)) && !hasSameBodies(before!, after!);
    const hasOtherText = memo.isRead(textKey(path));
    const questions = remarks.changedBy(before, after);
    const isNew = before === undefined || after === undefined || this.shownFiles.has(path) || hasOtherText || questions.length > 0;
    const hasOtherWiring = isNew || !isWiredAlike(before, after) || hasOtherBodies();
    const isNamedAnew = before === undefined || after === undefined || !isNamedAlike(before, after);
    memo.forget([path, EVERYTHING, ...questions, ...(isNamedAnew ? [NAMES + path] : [])]);
    return hasOtherWiring;
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
      const change = this.store.relink(path, this.resolver, (module) => this.moduleNames().nearestTo(module));
      if (change.isMeantAnew) this.wiring.memo.forget([path, NAMES + path]);
      isMeantAnew ||= change.isMeantAnew;
      if (!change.isChanged && !parsed.has(path) && !isForced) continue;
      this.findings.put(path, checkModule(this.contextOf(path), this.rules));
      checked.push(path);
    }
    return { linked, checked, isMeantAnew };
  }

  private checkLoadFailures(): readonly Diagnostic[] {
    if (!this.rules.some((rule) => rule.checkLoading !== undefined)) return [];
    const failures = this.wiring.loads.find();
    const paths = [...new Set(failures.map(({ importer }) => importer))].sort();
    return paths.flatMap((path) =>
      checkLoading(
        this.wiringContextOf(path),
        failures.filter(({ importer }) => importer === path),
        this.rules,
      ),
    );
  }

  private contextOf(path: string, linesOf = (other: string) => new LineIndex(this.summaries.get(other)!.text)): RuleContext {
    const summary = this.summaries.get(path)!;
    return {
      path,
      summary,
      linked: this.store.links.get(path)!,
      lines: linesOf(path),
      version: this.version,
      requirements: this.requirements,
      lineIn: (other, offset) => linesOf(other).position(offset).line,
      moduleOf: (other) => this.resolver.moduleOf(other) ?? other,
    };
  }

  private moduleNames(): ModuleNames {
    this.modules ??= new ModuleNames([
      ...[...this.summaries.keys()].map((path) => this.resolver.moduleOf(path)).filter((name) => name !== undefined),
      ...[...(this.libraries?.modules.values() ?? [])].map(({ module }) => module),
    ]);
    return this.modules;
  }
}

function isImportable(path: string): boolean {
  return path.endsWith('.py') || isExtensionModule(path);
}
