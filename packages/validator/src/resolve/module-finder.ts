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
  private readonly folders = new Set<string>();
  /** Compiled modules by their path without suffixes. */
  private readonly extensions = new Map<string, string>();
  private readonly found = new Map<string, ModuleLocation>();

  constructor(
    private readonly files: ReadonlySet<string>,
    readonly roots: readonly string[],
  ) {
    for (const path of files) {
      const extension = EXTENSION_MODULE.exec(path);
      if (extension !== null) this.extensions.set(extension[1]!, path);
      for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
        const folder = path.slice(0, end);
        if (this.folders.has(folder)) break;
        this.folders.add(folder);
      }
    }
  }

  hasFile(path: string): boolean {
    return this.files.has(path);
  }

  find(module: string): ModuleLocation {
    const known = this.found.get(module);
    if (known !== undefined) return known;
    const location = this.findIn(this.roots, module);
    this.found.set(module, location);
    return location;
  }

  /** Looks below the given folders only. */
  findIn(roots: readonly string[], module: string): ModuleLocation {
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
    for (const path of this.files) {
      for (const folder of folders) {
        const prefix = folder === '.' ? '' : `${folder}/`;
        if (!path.startsWith(prefix)) continue;
        const name = path
          .slice(prefix.length)
          .split('/')[0]!
          .replace(/\.(py|so|pyd|[\w-]+\.(so|pyd))$/, '');
        if (name !== '__init__') names.add(name);
      }
    }
    return [...names].sort();
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
