import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CreateDependenciesContext, FileData } from '@nx/devkit';
import { DeclarationReader } from './declared-projects';
import type { ImportMemory } from './import-memory';
import { linkProjects, type ProjectEdge } from './link-projects';
import type { ProjectLayout } from './project-layout';
import type { PythonFile, PythonProject } from './python-project';
import type { StatedDependencies } from './stated-dependencies';

type Workspace = Pick<CreateDependenciesContext, 'projects' | 'fileMap' | 'workspaceRoot'>;

export interface TracedDependencies {
  readonly edges: readonly ProjectEdge[];
  /** Files whose contents nobody had seen before, in the order they were read. */
  readonly parsed: readonly string[];
  /** Files that could not be read; the edges may lack theirs. */
  readonly unread: readonly string[];
}

/** What is read where; all but the code is fixed at a version of Python's tools. */
const MANIFESTS = ['pyproject.toml', 'setup.cfg', 'setup.py', 'pytest.ini', 'tox.ini'];
const INSTALLABLE = new Set(['pyproject.toml', 'setup.cfg', 'setup.py']);

/**
 * All edges of the workspace, each time: what Nx hands over as changed does not tell that a project was added which an old import leads to.
 * Only contents that the memory does not know are read.
 */
export async function traceDependencies(
  { projects: configurations, fileMap, workspaceRoot }: Workspace,
  memory: ImportMemory,
): Promise<TracedDependencies> {
  const reader = new WorkspaceReader(workspaceRoot, memory);
  const projects: PythonProject[] = [];
  for (const name of Object.keys(configurations).sort()) {
    const files = fileMap.projectFileMap[name] ?? [];
    const project = await reader.readProject(name, configurations[name]!.root, files);
    if (project !== undefined) projects.push(project);
  }
  const uvWorkspaces = new Map(
    projects.filter(({ layout }) => layout.stated.isUvWorkspace).map(({ root, layout }) => [root, layout.stated.sources]),
  );
  for (const manifest of fileMap.nonProjectFiles.filter(({ file }) => /(^|\/)pyproject\.toml$/.test(file))) {
    const { isUvWorkspace, sources } = await reader.readStated(manifest);
    if (isUvWorkspace) uvWorkspaces.set(folderOf(manifest.file), sources);
  }
  memory.save(reader.inUse);
  const declarations = new DeclarationReader(projects, uvWorkspaces, workspaceRoot);
  return { edges: linkProjects({ projects, names: memory.names, declarations }), parsed: reader.parsed, unread: reader.unread };
}

/** The one place that reads files for the edges. */
class WorkspaceReader {
  readonly parsed: string[] = [];
  readonly unread: string[] = [];
  private readonly hashes = new Set<string>();
  private readonly keys = new Set<string>();
  readonly inUse = { hash: (hash: string) => this.hashes.has(hash), layout: (key: string) => this.keys.has(key) };

  constructor(
    private readonly workspaceRoot: string,
    private readonly memory: ImportMemory,
  ) {}

  /** Undefined for a project with nothing of Python. */
  async readProject(name: string, root: string, files: readonly FileData[]): Promise<PythonProject | undefined> {
    const prefix = root === '.' || root === '' ? '' : `${root}/`;
    const sources = inOrder(files.filter(({ file }) => file.endsWith('.py') || file.endsWith('.pyi')));
    const manifests = MANIFESTS.map((manifest) => files.find(({ file }) => file === prefix + manifest)).filter(
      (file) => file !== undefined,
    );
    if (sources.length === 0 && manifests.length === 0) return undefined;
    const names = manifests.map(({ file }) => file.slice(prefix.length));
    return {
      name,
      root: root === '' ? '.' : root,
      files: await this.readSources(sources),
      layout: await this.readLayout(
        prefix,
        manifests,
        sources.map(({ file }) => file.slice(prefix.length)),
      ),
      isInstallable: names.some((manifest) => INSTALLABLE.has(manifest)),
      hasPyproject: names.includes('pyproject.toml'),
    };
  }

  /** What a manifest states that is in no project: the root of a workspace of uv. */
  async readStated(manifest: FileData): Promise<StatedDependencies> {
    return (await this.readLayout(manifest.file.slice(0, -'pyproject.toml'.length), [manifest], [])).stated;
  }

  private async readSources(sources: readonly FileData[]): Promise<readonly PythonFile[]> {
    const files: PythonFile[] = [];
    for (const { file, hash } of sources) {
      this.hashes.add(hash);
      files.push({ file, imports: this.memory.importsOf(hash) ?? (await this.parse(file, hash)) });
    }
    return files;
  }

  private async parse(file: string, hash: string): Promise<readonly number[]> {
    const bytes = this.readBytes(file);
    if (bytes === undefined) return [];
    const { readImportedNames } = await import('./read-imported-names.js');
    this.parsed.push(file);
    return this.memory.addImports(hash, readImportedNames(bytes));
  }

  private async readLayout(prefix: string, manifests: readonly FileData[], files: readonly string[]): Promise<ProjectLayout> {
    const key = hashOf([manifests.map(({ file, hash }) => [file.slice(prefix.length), hash]), shapeOf(files)]);
    this.keys.add(key);
    const known = this.memory.layoutOf(key);
    if (known !== undefined) return known;
    const texts = manifests.map(({ file }) => [file.slice(prefix.length), this.readBytes(file)?.toString('utf8') ?? ''] as const);
    const { readProjectLayout } = await import('./read-project-layout.js');
    const layout = readProjectLayout({ files, texts: new Map(texts) });
    this.memory.addLayout(key, layout);
    return layout;
  }

  /** Undefined for a file that went away after Nx had seen it, or that nobody may read. */
  private readBytes(file: string): Buffer | undefined {
    try {
      return readFileSync(join(this.workspaceRoot, file));
    } catch {
      this.unread.push(file);
      return undefined;
    }
  }
}

/** What the layout is told from, beside the manifests: which folders there are, and which of them are packages. */
function shapeOf(files: readonly string[]): readonly string[] {
  const shape = new Set<string>();
  for (const file of files) {
    const end = file.lastIndexOf('/');
    if (end !== -1) shape.add(file.endsWith('/__init__.py') ? file : file.slice(0, end));
  }
  return [...shape].sort();
}

function folderOf(file: string): string {
  const end = file.lastIndexOf('/');
  return end === -1 ? '.' : file.slice(0, end);
}

function hashOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 32);
}

/** Nx hands files over in the order of their paths, most of the time. */
function inOrder(files: readonly FileData[]): readonly FileData[] {
  const isSorted = files.every(({ file }, index) => index === 0 || files[index - 1]!.file < file);
  return isSorted ? files : files.toSorted((left, right) => (left.file < right.file ? -1 : 1));
}
