import type { PythonProject } from './python-project';

/** Answers whether a project has a module itself. */
export class OwnModules {
  private readonly paths: ReadonlySet<string>;
  private readonly prefix: string;

  constructor(private readonly project: PythonProject) {
    this.prefix = project.root === '.' ? '' : `${project.root}/`;
    this.paths = new Set(project.files.map(({ file }) => file.slice(0, file.lastIndexOf('.'))));
  }

  /** A part of `path`, of at least `length`, is a module where the project's own imports start. */
  has(path: string, length: number): boolean {
    return this.project.layout.ownRoots.some((root) => this.hasBelow(root === '.' ? this.prefix : `${this.prefix}${root}/`, path, length));
  }

  /** The same, below the folder that Python and pytest put on the path for a file: the nearest that is no package. */
  hasBeside(file: string, path: string, length: number): boolean {
    let folder = file.slice(0, file.lastIndexOf('/') + 1);
    while (folder.length > this.prefix.length && this.paths.has(`${folder}__init__`)) {
      folder = folder.slice(0, folder.lastIndexOf('/', folder.length - 2) + 1);
    }
    return this.hasBelow(folder, path, length);
  }

  private hasBelow(prefix: string, path: string, length: number): boolean {
    for (let end = path.length; end >= length; end = path.lastIndexOf('/', end - 1)) {
      const module = prefix + path.slice(0, end);
      if (this.paths.has(module) || this.paths.has(`${module}/__init__`)) return true;
    }
    return false;
  }
}
