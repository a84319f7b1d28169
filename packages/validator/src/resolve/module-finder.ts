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
  /** Where a question looks, `app.core` below the roots or `tools/app/core` below a folder → the questions that look there. */
  private readonly asked = new Map<string, Set<string>>();
  /** Folders whose names somebody asked for. */
  private readonly listed = new Set<string>();
  private readonly files: Set<string>;
  private probes: Set<string> | undefined;

  constructor(
    files: ReadonlySet<string>,
    readonly roots: readonly string[],
  ) {
    this.files = new Set(files);
    for (const path of files) {
      const extension = EXTENSION_MODULE.exec(path);
      if (extension !== null) this.extensions.set(extension[1]!, path);
      this.addToFolders(path);
    }
  }

  /** Every question asked while `ask` runs is put into `probes`, where there are some: see `update`. */
  record<Result>(probes: Set<string> | undefined, ask: () => Result): Result {
    const outer = this.probes;
    this.probes = probes;
    try {
      return ask();
    } finally {
      this.probes = outer;
    }
  }

  /** Whether a folder appears, disappears or becomes a package by these moves, as far as that can be told before. */
  changesFolders(moved: ReadonlyMap<string, boolean>): boolean {
    return [...moved.keys()].some(
      (path) => /(^|\/)__init__\.py$/.test(path) || (folderOf(path) !== '.' && this.comesOrGoes(folderOf(path), moved)),
    );
  }

  /** Takes over files that came and went; gives the questions asked before that have another answer now. */
  update(moved: ReadonlyMap<string, boolean>): readonly string[] {
    const places = new Set([...moved.keys()].flatMap((path) => this.placesTouched(path, moved)));
    const asked = [...places].flatMap((place) => [...(this.asked.get(place) ?? [])]);
    const folders = [...moved.keys()].flatMap(foldersAbove).filter((folder) => this.listed.has(folder));
    const listings = folders.map((folder) => LISTING + folder);
    const probes = [...new Set([...asked, ...listings, ...[...moved.keys()].map((path) => FILE + path)])];
    const before = probes.map((probe) => this.answerOf(probe));
    for (const [path, isThere] of moved) this.move(path, isThere);
    for (const probe of probes) if (probe[0] === MODULE) this.found.delete(probe.slice(1));
    return probes.filter((probe, index) => this.answerOf(probe) !== before[index]);
  }

  /** Places where a path can be an answer: its own, and those of folders it begins or ends or makes a package. */
  private placesTouched(path: string, moved: ReadonlyMap<string, boolean>): readonly string[] {
    const touched = [path];
    let folder = folderOf(path);
    if (path.endsWith('/__init__.py') && folder !== '.') touched.push(folder);
    for (; folder !== '.' && this.comesOrGoes(folder, moved); folder = folderOf(folder)) touched.push(folder);
    return touched.flatMap((entry) => this.placesOf(stemOf(entry)));
  }

  /** A place as questions name it, from every root and from every folder. */
  private placesOf(stem: string): readonly string[] {
    const below = this.roots.filter((root) => root === '.' || stem.startsWith(`${root}/`));
    return [stem, ...below.map((root) => (root === '.' ? stem : stem.slice(root.length + 1)).replaceAll('/', '.'))];
  }

  /** Whether there is nothing in a folder, or may be nothing left. */
  private comesOrGoes(folder: string, moved: ReadonlyMap<string, boolean>): boolean {
    const entries = this.folders.get(folder);
    return (
      entries === undefined || [...entries].every((entry) => this.folders.has(`${folder}/${entry}`) || moved.has(`${folder}/${entry}`))
    );
  }

  private move(path: string, isThere: boolean): void {
    const extension = EXTENSION_MODULE.exec(path)?.[1];
    if (isThere) {
      this.files.add(path);
      if (extension !== undefined) this.extensions.set(extension, path);
      this.addToFolders(path);
      return;
    }
    this.files.delete(path);
    if (extension !== undefined && this.extensions.get(extension) === path) this.extensions.delete(extension);
    this.removeFromFolders(path);
  }

  private removeFromFolders(path: string): void {
    for (let entry = path; ; entry = folderOf(entry)) {
      const folder = folderOf(entry);
      const entries = this.folders.get(folder)!;
      entries.delete(nameIn(folder, entry));
      if (entries.size > 0 || folder === '.') return;
      this.folders.delete(folder);
    }
  }

  private answerOf(probe: string): string {
    const asked = probe.slice(1);
    if (probe[0] === MODULE) return JSON.stringify(this.locate(asked));
    if (probe[0] === FILE) return String(this.files.has(asked));
    if (probe[0] === LISTING) return [...(this.folders.get(asked) ?? [])].sort().join();
    const [module, ...folders] = asked.split(END_OF_FOLDERS).reverse();
    return JSON.stringify(this.search(folders.reverse(), module!));
  }

  /** Remembers a question by the places where it looks: for the module itself, and for each package above it. */
  private remember(probe: string, places: readonly string[]): void {
    for (const place of places) {
      const known = this.asked.get(place);
      if (known === undefined) this.asked.set(place, new Set([probe]));
      else known.add(probe);
    }
  }

  hasFile(path: string): boolean {
    this.probes?.add(FILE + path);
    return this.files.has(path);
  }

  find(module: string): ModuleLocation {
    this.probes?.add(MODULE + module);
    return this.locate(module);
  }

  private locate(module: string): ModuleLocation {
    const known = this.found.get(module);
    if (known !== undefined) return known;
    const location = this.search(this.roots, module);
    this.found.set(module, location);
    this.remember(MODULE + module, prefixesOf(module, '.'));
    return location;
  }

  /** Looks below the given folders only. */
  findIn(roots: readonly string[], module: string): ModuleLocation {
    if (this.probes !== undefined) {
      const probe = FOLDERS + [...roots, module].join(END_OF_FOLDERS);
      this.probes.add(probe);
      const path = module.replaceAll('.', '/');
      for (const root of roots)
        this.remember(probe, root === '.' ? prefixesOf(path, '/') : prefixesOf(path, '/').map((each) => `${root}/${each}`));
    }
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
    for (const folder of folders) {
      this.probes?.add(LISTING + folder);
      this.listed.add(folder);
      for (const entry of this.folders.get(folder) ?? []) {
        const name = entry.replace(/\.(py|so|pyd|[\w-]+\.(so|pyd))$/, '');
        if (name !== '__init__') names.add(name);
      }
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
const MODULE = '\u0001';
const FILE = '\u0002';
const FOLDERS = '\u0003';
const LISTING = '\u0004';

function foldersAbove(path: string): readonly string[] {
  const folders: string[] = [];
  for (let folder = folderOf(path); ; folder = folderOf(folder)) {
    folders.push(folder);
    if (folder === '.') return folders;
  }
}

/** `a`, `a.b`, `a.b.c` */
function prefixesOf(name: string, separator: string): readonly string[] {
  const prefixes: string[] = [];
  for (let end = name.indexOf(separator); end > 0; end = name.indexOf(separator, end + 1)) prefixes.push(name.slice(0, end));
  return [...prefixes, name];
}

/** `app/fast` of `app/fast.cpython-312-x86_64-linux-gnu.so` */
function stemOf(entry: string): string {
  const end = entry.indexOf('.', entry.lastIndexOf('/') + 1);
  return end === -1 ? entry : entry.slice(0, end);
}

function nameIn(folder: string, entry: string): string {
  return folder === '.' ? entry : entry.slice(folder.length + 1);
}
