import { applyFixes, findUnwrittenCode, lintFiles, openProject, type Diagnostic, type Fix, type Project } from '@org/validator';
import type { Judgement } from '../attempt/write-artifact';
import type { Artifact } from '../plan/artifact';
import { readLibraryNames } from '../pins/library-names';
import { formatPython } from '../render/format-python';
import { diagnosticAt } from './diagnostic-at';
import { findForbiddenConstructs } from './find-forbidden-constructs';
import { gateArtifacts } from './gate-artifacts';
import { findMisuses } from './meaning/find-misuses';
import { findMissingReturns } from './meaning/find-missing-returns';
import { findUnknownLibraryNames } from './meaning/find-unknown-library-names';
import { findUnknownTables } from './meaning/find-unknown-tables';
import type { PythonFile } from './meaning/python-file';
import { ServiceCode } from './meaning/service-code';

/** Rules of ruff that tell code which fails, or harms, from code that is only written otherwise. */
const LINT_RULES = ['F', 'B', 'ASYNC', 'S1', 'S3', 'S5', 'S6', 'S7', 'E9', 'BLE001', 'PLE', 'RUF006'];
/**
 * Models write them for reasons of taste; the formatter and the templates differ on them, too.
 * S105 to S107 go by names, `_BAD_TOKEN = "…"` for one; the validator's own rule looks at the values.
 */
const TASTE = new Set(['S105', 'S106', 'S107', 'S101', 'B008', 'B904', 'F401', 'F841', 'ASYNC109', 'S311']);
const MOST_IMPORT_FIXES = 5;
/** Rules about harm, whose findings are only possible where it depends on what else the program does. */
const HARM = new Set([
  'code-injection',
  'command-injection',
  'cors-credentials-wildcard',
  'cross-site-scripting',
  'hard-coded-secret',
  'jwt-without-algorithms',
  'open-redirect',
  'path-traversal',
  'server-side-request-forgery',
  'sql-injection',
  'template-injection',
  'unsafe-deserialization',
]);

/**
 * Judges what a model wrote against the other files: accepted ones where the artifact needs them, the templates' elsewhere.
 * So the verdict depends on the candidate and on what it needs alone, never on what else happens to be finished.
 */
export class CandidateJudge {
  private readonly project: Project;
  private readonly current: Map<string, string>;
  private readonly code: ServiceCode;
  private readonly ownTops: ReadonlySet<string>;
  /** Suspicions that the templates' own files are under. */
  private readonly known: ReadonlySet<string>;

  constructor(private readonly templateTexts: ReadonlyMap<string, string>) {
    this.current = new Map(templateTexts);
    this.project = openProject({ files: this.current });
    this.code = new ServiceCode(this.current);
    this.known = new Set(this.project.check().filter(isSuspicion).map(suspicionKey));
    this.ownTops = new Set([...templateTexts.keys()].filter((path) => path.endsWith('.py')).map((path) => path.split('/')[0]!));
  }

  /** `accepted`: texts by path of what the artifact needs, directly or not. */
  judge(artifact: Artifact, candidate: string, accepted: ReadonlyMap<string, string>): Judgement {
    this.stage(accepted);
    const text = this.withMissingImports(artifact, formatPython(candidate));
    const diagnostics = this.diagnosticsOf(artifact, text);
    this.stage(accepted);
    return { text, diagnostics };
  }

  /** The surface of a file as it stands for an artifact that needs these. */
  surfaceOf(path: string, accepted: ReadonlyMap<string, string>): ReturnType<Project['surface']> {
    this.stage(accepted);
    return this.project.surface(path);
  }

  private stage(accepted: ReadonlyMap<string, string>, candidate: ReadonlyMap<string, string> = new Map()): void {
    const changes = new Map<string, string>();
    for (const [path, template] of this.templateTexts) {
      const wanted = candidate.get(path) ?? accepted.get(path) ?? template;
      if (this.current.get(path) !== wanted) changes.set(path, wanted);
    }
    if (changes.size === 0) return;
    for (const [path, text] of changes) this.current.set(path, text);
    this.project.update(changes);
  }

  private diagnosticsOf(artifact: Artifact, text: string): readonly Diagnostic[] {
    const { path } = artifact;
    const own = gateArtifacts([{ artifact, text }], this.project).get(path) ?? [];
    this.current.set(path, text);
    if (own.some(({ rule }) => rule === 'syntax-error')) return own;
    return [
      ...own,
      ...this.meaningOf(artifact, own),
      ...this.suspicionsIn(path),
      ...unwritten(artifact, text),
      ...findForbiddenConstructs(artifact, text),
      ...lint(path, text),
      ...this.brokenElsewhere(path),
    ];
  }

  /** What fails when it runs, where the types are certain. A fault that the validator has told already is not told twice. */
  private meaningOf({ path, phase }: Artifact, known: readonly Diagnostic[]): readonly Diagnostic[] {
    const file = this.code.fileAt(path);
    if (file === undefined) return [];
    const knownLines = new Set(known.map(({ range }) => range.start.line));
    // Tests import what is installed for them only.
    const names = phase === 'tests' ? [] : findUnknownLibraryNames(file, { library: readLibraryNames(), ownTops: this.ownTops });
    this.code.forget();
    return [
      ...names.filter(({ range }) => !knownLines.has(range.start.line)),
      ...findMisuses(file, this.code),
      ...findUnknownTables(file, this.current.values()),
      ...findMissingReturns(file),
    ];
  }

  /** In code that nobody has read a suspicion of harm is enough, unless the template's own file is under the same. */
  private suspicionsIn(path: string): readonly Diagnostic[] {
    return this.project.check([path]).filter((found) => isSuspicion(found) && !this.known.has(suspicionKey(found)));
  }

  /** Every other file was right before: what is wrong in one now is the candidate's doing. */
  private brokenElsewhere(path: string): readonly Diagnostic[] {
    const broken = [
      ...this.project.check().filter((found) => found.path !== path && found.certainty === 'certain'),
      ...this.dependentsOf(path).flatMap((file) => findMisuses(file, this.code)),
    ];
    return broken.map((found) =>
      diagnosticAt(
        path,
        1,
        'breaks-dependent',
        `${found.path}, line ${found.range.start.line}, no longer works with this file: ${found.message}`,
      ),
    );
  }

  private dependentsOf(path: string): readonly PythonFile[] {
    const module = this.code.fileAt(path)!.module;
    const paths = [...this.current].filter(([each, text]) => each !== path && each.endsWith('.py') && text.includes(module));
    return paths.map(([each]) => this.code.fileAt(each)!);
  }

  /** Adds imports that are missing where only one module of those it may import binds the name. */
  private withMissingImports(artifact: Artifact, text: string): string {
    let current = text;
    for (let round = 0; round < MOST_IMPORT_FIXES; round += 1) {
      this.project.update(new Map([[artifact.path, current]]));
      this.current.set(artifact.path, current);
      const fixes = this.importFixes(artifact);
      if (fixes.length === 0) return current;
      current = formatPython(applyFixes(current, fixes.slice(0, 1)).text);
    }
    return current;
  }

  private importFixes(artifact: Artifact): readonly Fix[] {
    const allowed = new Set(artifact.needs.map((path) => this.project.surface(path)?.module));
    return this.project.check([artifact.path]).flatMap(({ rule, fix, data }) => {
      const modules = (data?.['boundBy'] ?? []) as readonly string[];
      const isAllowed = modules.length === 0 || (modules.length === 1 && allowed.has(modules[0]));
      return rule === 'undefined-name' && fix !== undefined && isAllowed ? [fix] : [];
    });
  }
}

function isSuspicion({ rule, certainty }: Diagnostic): boolean {
  return certainty === 'possible' && HARM.has(rule);
}

function suspicionKey({ path, rule, message }: Diagnostic): string {
  return `${path} ${rule} ${message}`;
}

function unwritten({ path, role }: Artifact, text: string): readonly Diagnostic[] {
  const left = findUnwrittenCode(text).map(({ kind, span, what }) => {
    const line = text.slice(0, span.start).split('\n').length;
    return kind === 'elision'
      ? diagnosticAt(path, line, 'elided-code', `The comment \`${what}\` stands for code that is not there. Write the code.`)
      : diagnosticAt(path, line, 'stub', `\`${what}\` does nothing. Write its body.`);
  });
  return role === 'operation-service' ? [...left, ...unwrittenOperation(path, text)] : left;
}

/** The template's file stands for an operation that nobody has written yet, and says so when it is called. A model is asked for the operation. */
function unwrittenOperation(path: string, text: string): readonly Diagnostic[] {
  const line = text.split('\n').findIndex((each) => /^\s+raise OperationNotImplementedError\b/.test(each)) + 1;
  return line === 0 ? [] : [diagnosticAt(path, line, 'stub', 'This raises that the operation is not written yet. Write it.')];
}

function lint(path: string, text: string): readonly Diagnostic[] {
  const outcome = lintFiles(new Map([[path, text]]), LINT_RULES);
  if (outcome.kind === 'invalid') throw new Error(outcome.fault);
  return outcome.diagnostics.filter(({ rule }) => !TASTE.has(rule));
}
