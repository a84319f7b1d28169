import { folderOf } from './join-path';

export type ModuleLocation =
  | { readonly kind: 'module'; readonly path: string; readonly isPackage: boolean; readonly loads: readonly string[] }
  | { readonly kind: 'namespace-package'; readonly folders: readonly string[]; readonly loads: readonly string[] }
  | {
      readonly kind: 'missing';
      readonly tried: readonly string[];
      /** Set when a parent is a plain module, so it has no submodules. */ readonly notAPackage?: string;
    };

/** `fast.so`, `fast.cpython-312-x86_64-linux-gnu.so`, `fast.cp312-win_amd64.pyd`. */
const EXTENSION_MODULE = /^((?:.*\/)?[^/.]+)(?:\.[\w-]+)?\.(?:so|pyd)$/;

/** Whether a file can be imported though it is no text. */
export function isExtensionModule(path: string): boolean {
  return EXTENSION_MODULE.test(path);
}

/** Finds modules among the project's files as Python's path finder does: package, then module, then namespace portions. */
export class ModuleFinder {
  /** Folder → names directly in it; only folders with files below them are here. */
  private readonly folders = new Map<string, Set<string>>();
  /** Compiled modules by their path without suffixes. */
  private readonly extensions = new Map<string, string>();
  private readonly found = new Map<string, ModuleLocation>();
  private probes: Set<string> | undefined;

  constructor(
    private readonly files: ReadonlySet<string>,
    readonly roots: readonly string[],
  ) {
    for (const path of files) {
      const extension = EXTENSION_MODULE.exec(path);
      if (extension !== null) this.extensions.set(extension[1]!, path);
      this.addToFolders(path);
    }
  }

  /** Every question asked while `ask` runs is put into `probes`: see `answeredAnew`. */
  record<Result>(probes: Set<string>, ask: () => Result): Result {
    this.probes = probes;
    try {
      return ask();
    } finally {
      this.probes = undefined;
    }
  }

  /** Which recorded questions this list of files answers otherwise than an earlier one did, from which these paths differ. */
  answeredAnew(probes: Iterable<string>, before: ModuleFinder, moved: readonly string[]): readonly string[] {
    const names = new Set(moved.flatMap((path) => this.namesTouched(path, before)));
    const isTouched = (probe: string): boolean =>
      probe[0] === FILE ||
      probe
        .slice(Math.max(1, probe.lastIndexOf(END_OF_FOLDERS) + 1))
        .split('.')
        .some((part) => names.has(part));
    return [...probes].filter((probe) => isTouched(probe) && this.answerOf(probe) !== before.answerOf(probe));
  }

  /** Parts of module names a path can answer for: its own, and those of folders it begins or ends. */
  private namesTouched(path: string, before: ModuleFinder): readonly string[] {
    const folders: string[] = [];
    for (let folder = folderOf(path); folder !== '.'; folder = folderOf(folder))
      if (path.endsWith('/__init__.py') || this.folders.has(folder) !== before.folders.has(folder)) folders.push(folder);
    return [path, ...folders].map((entry) => nameIn(folderOf(entry), entry).split('.', 1)[0]!);
  }

  private answerOf(probe: string): string {
    const asked = probe.slice(1);
    if (probe[0] === MODULE) return JSON.stringify(this.find(asked));
    if (probe[0] === FILE) return String(this.files.has(asked));
    const [module, ...folders] = asked.split(END_OF_FOLDERS).reverse();
    return JSON.stringify(this.search(folders.reverse(), module!));
  }

  hasFile(path: string): boolean {
    this.probes?.add(FILE + path);
    return this.files.has(path);
  }

  find(module: string): ModuleLocation {
    this.probes?.add(MODULE + module);
    const known = this.found.get(module);
    if (known !== undefined) return known;
    const location = this.search(this.roots, module);
    this.found.set(module, location);
    return location;
  }

  /** Looks below the given folders only. */
  findIn(roots: readonly string[], module: string): ModuleLocation {
    this.probes?.add(FOLDERS + [...roots, module].join(END_OF_FOLDERS));
    return this.search(roots, module);
  }

  private search(roots: readonly string[], module: string): ModuleLocation {
    let folders: readonly string[] = roots;
    const loads: string[] = [];
    const parts = module.split('.');
    let location: ModuleLocation = { kind: 'missing', tried: [] };
    for (let index = 0; index < parts.length; index += 1) {
      location = this.findPart(folders, parts[index]!, loads);
      if (location.kind === 'missing') return location;
      if (location.kind === 'namespace-package') folders = location.folders;
      else if (location.isPackage) folders = [folderOf(location.path)];
      else if (index < parts.length - 1) return { kind: 'missing', tried: [], notAPackage: location.path };
    }
    return location;
  }

  /** Names of the modules and packages directly inside a module or namespace package. */
  submodulesOf(location: ModuleLocation): readonly string[] {
    if (location.kind === 'missing' || (location.kind === 'module' && !location.isPackage)) return [];
    const folders = location.kind === 'module' ? [folderOf(location.path)] : location.folders;
    const names = new Set<string>();
    for (const folder of folders)
      for (const entry of this.folders.get(folder) ?? []) {
        const name = entry.replace(/\.(py|so|pyd|[\w-]+\.(so|pyd))$/, '');
        if (name !== '__init__') names.add(name);
      }
    return [...names].sort();
  }

  private addToFolders(path: string): void {
    let entry = path;
    for (;;) {
      const folder = folderOf(entry);
      const entries = this.folders.get(folder);
      if (entries === undefined) this.folders.set(folder, new Set([nameIn(folder, entry)]));
      else entries.add(nameIn(folder, entry));
      if (entries !== undefined || folder === '.') return;
      entry = folder;
    }
  }

  private findPart(folders: readonly string[], part: string, loads: string[]): ModuleLocation {
    const portions: string[] = [];
    const tried: string[] = [];
    for (const folder of folders) {
      const base = folder === '.' ? part : `${folder}/${part}`;
      for (const [path, isPackage] of [
        [`${base}/__init__.py`, true],
        [this.extensions.get(base) ?? '', false],
        [`${base}.py`, false],
      ] as const) {
        if (path === '') continue;
        if (this.files.has(path)) {
          loads.push(path);
          return { kind: 'module', path, isPackage, loads };
        }
        tried.push(path);
      }
      if (this.folders.has(base)) portions.push(base);
    }
    return portions.length > 0 ? { kind: 'namespace-package', folders: portions, loads } : { kind: 'missing', tried };
  }
}

/** Between the folders of a recorded question, and before its module. */
const END_OF_FOLDERS = '\0';
/** What a recorded question begins with. */
const MODULE = 'm';
const FILE = 'f';
const FOLDERS = 'd';

function nameIn(folder: string, entry: string): string {
  return folder === '.' ? entry : entry.slice(folder.length + 1);
}
