import { childInField, namedChildren, type SyntaxNode } from '@org/validator';
import type { ClassShape, FunctionShape, MemberShape } from './class-shape';
import { KNOWN_CLASSES } from './known-classes.data';
import { listImportedNames, type ImportedName } from './list-imported-names';
import { readPythonFile, textOf, type PythonFile } from './python-file';
import { readClassShapes, readFunctionShapes } from './read-class-shapes';

/** What a name of a module stands for. */
export type Definition =
  | { readonly kind: 'class'; readonly of: ClassShape }
  | { readonly kind: 'function'; readonly of: FunctionShape }
  | { readonly kind: 'module'; readonly of: string }
  | { readonly kind: 'value'; readonly file: PythonFile; readonly node: SyntaxNode }
  | { readonly kind: 'library'; readonly module: string; readonly name: string };

interface ModuleCode {
  readonly file: PythonFile;
  readonly imports: readonly ImportedName[];
  readonly classes: ReadonlyMap<string, ClassShape>;
  readonly functions: ReadonlyMap<string, FunctionShape>;
  /** Values that module-level statements give to a name. */
  readonly values: ReadonlyMap<string, readonly SyntaxNode[]>;
}

/** All names that an object of a class has, as far as its classes tell. */
export interface ClassMembers {
  readonly names: ReadonlySet<string>;
  /** Nothing else can be there. */
  readonly isClosed: boolean;
  /** Classes of libraries it comes from: `pydantic:BaseModel`. */
  readonly roots: ReadonlySet<string>;
}

const LONGEST_CHAIN = 12;

/** The Python of a service, read as far as it is asked for. Trees are kept as long as the text of a file stays the same. */
export class ServiceCode {
  private readonly known = new Map<string, ModuleCode>();
  private members = new Map<ClassShape, ClassMembers>();

  constructor(private readonly texts: ReadonlyMap<string, string>) {}

  fileAt(path: string): PythonFile | undefined {
    return this.moduleAt(path)?.file;
  }

  hasModule(module: string): boolean {
    return this.pathOf(module) !== undefined;
  }

  /** What `name` stands for in a module, through re-exports; undefined when it is not certain. */
  definition(module: string, name: string, depth = 0): Definition | undefined {
    const path = this.pathOf(module);
    const code = path === undefined || depth > LONGEST_CHAIN ? undefined : this.moduleAt(path);
    if (code === undefined) return undefined;
    const found = [...localDefinitions(code, name), ...this.importedDefinitions(code, name, depth)];
    if (found.length === 1) return found[0];
    const submodule = `${module}.${name}`;
    return found.length === 0 && this.hasModule(submodule) ? { kind: 'module', of: submodule } : undefined;
  }

  /** The class that defines a member: the class itself, or the first of its bases that has it. */
  owner(shape: ClassShape, name: string, depth = 0): ClassShape | undefined {
    if (shape.members.has(name)) return shape;
    for (const base of depth > LONGEST_CHAIN ? [] : shape.bases) {
      const definition = this.baseOf(shape, base);
      const found = definition?.kind === 'class' ? this.owner(definition.of, name, depth + 1) : undefined;
      if (found !== undefined) return found;
    }
    return undefined;
  }

  member(shape: ClassShape, name: string): MemberShape | undefined {
    return this.owner(shape, name)?.members.get(name);
  }

  membersOf(shape: ClassShape, depth = 0): ClassMembers {
    const known = this.members.get(shape);
    if (known !== undefined) return known;
    const names = new Set(shape.members.keys());
    const roots = new Set<string>();
    let isClosed = !shape.isOpen && depth <= LONGEST_CHAIN;
    for (const base of isClosed ? shape.bases : []) {
      const inherited = this.inheritedFrom(this.baseOf(shape, base), depth);
      for (const name of inherited?.names ?? []) names.add(name);
      for (const root of inherited?.roots ?? []) roots.add(root);
      if (inherited?.isClosed !== true) isClosed = false;
    }
    const members = { names, isClosed, roots };
    this.members.set(shape, members);
    return members;
  }

  /** Whether an object may be of a class that extends this one and has the member: annotations name bases, too. */
  mayBeInSubclass(shape: ClassShape, member: string, depth = 0): boolean {
    const isBase = new RegExp(`^[ \\t]*class \\w+\\([^)]*\\b${shape.name}\\b`, 'm');
    const paths = [...this.texts].filter(([path, text]) => path.endsWith('.py') && isBase.test(text)).map(([path]) => path);
    return paths.some((path) => {
      const code = this.moduleAt(path)!;
      const extending = [...code.classes.values()].filter(({ bases }) =>
        bases.some((base) => textOf(code.file, base).includes(shape.name)),
      );
      // One that stands inside a function or a class is not looked into.
      if (extending.length === 0 || depth > LONGEST_CHAIN) return true;
      return extending.some((each) => each.isOpen || each.members.has(member) || this.mayBeInSubclass(each, member, depth + 1));
    });
  }

  /** What was said of classes may rest on texts that are others now. */
  forget(): void {
    this.members = new Map();
  }

  private inheritedFrom(definition: Definition | undefined, depth: number): ClassMembers | undefined {
    if (definition?.kind === 'class') return this.membersOf(definition.of, depth + 1);
    if (definition?.kind !== 'library') return undefined;
    const root = `${definition.module}:${definition.name}`;
    const names = KNOWN_CLASSES[root];
    if (names === undefined) return undefined;
    const inherited = root === 'pydantic_settings:BaseSettings' ? KNOWN_CLASSES['pydantic:BaseModel']! : [];
    return { names: new Set([...names, ...inherited]), isClosed: true, roots: new Set([root]) };
  }

  private baseOf(shape: ClassShape, base: SyntaxNode): Definition | undefined {
    const head = base.type === 'subscript' ? childInField(base, 'value')! : base;
    if (head.type !== 'identifier') return undefined;
    const name = textOf(shape.file, head);
    return this.definition(shape.file.module, name) ?? (`:${name}` in KNOWN_CLASSES ? { kind: 'library', module: '', name } : undefined);
  }

  private *importedDefinitions(code: ModuleCode, name: string, depth: number): Generator<Definition> {
    const imported = code.imports.filter(({ boundName }) => boundName === name);
    const distinct = new Map(imported.map((each) => [`${each.module}:${each.name}`, each]));
    for (const { module, name: origin } of distinct.values()) {
      if (origin === undefined) {
        if (this.hasModule(module) && module === name) yield { kind: 'module', of: module };
      } else if (this.hasModule(module)) {
        const definition = this.definition(module, origin, depth + 1);
        if (definition !== undefined) yield definition;
      } else yield { kind: 'library', module, name: origin };
    }
  }

  private pathOf(module: string): string | undefined {
    const path = module.replaceAll('.', '/');
    return [`${path}.py`, `${path}/__init__.py`].find((each) => this.texts.has(each));
  }

  private moduleAt(path: string): ModuleCode | undefined {
    const text = this.texts.get(path);
    if (text === undefined) return undefined;
    const known = this.known.get(path);
    if (known?.file.text === text) return known;
    const code = readModule(readPythonFile(path, text));
    this.known.set(path, code);
    return code;
  }
}

function* localDefinitions(code: ModuleCode, name: string): Generator<Definition> {
  const shape = code.classes.get(name);
  if (shape !== undefined) yield { kind: 'class', of: shape };
  const own = code.functions.get(name);
  if (own !== undefined) yield { kind: 'function', of: own };
  for (const node of code.values.get(name) ?? []) yield { kind: 'value', file: code.file, node };
}

function readModule(file: PythonFile): ModuleCode {
  return {
    file,
    imports: listImportedNames(file),
    classes: readClassShapes(file),
    functions: readFunctionShapes(file),
    values: readValues(file),
  };
}

function readValues(file: PythonFile): ReadonlyMap<string, readonly SyntaxNode[]> {
  const values = new Map<string, SyntaxNode[]>();
  for (const statement of namedChildren(file.root)) {
    const assignment = statement.type === 'expression_statement' ? statement.children[0] : undefined;
    const left = assignment?.type === 'assignment' ? childInField(assignment, 'left') : undefined;
    const right = assignment === undefined ? undefined : childInField(assignment, 'right');
    if (left?.type !== 'identifier' || right === undefined) continue;
    const name = textOf(file, left);
    values.set(name, [...(values.get(name) ?? []), right]);
  }
  return values;
}
