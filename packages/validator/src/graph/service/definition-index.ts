import type { ReadMemo } from '../../algorithms/read-memo';
import type { ModuleSummary } from '../../extract/module-summary';
import type { Expression } from '../../extract/service/expression';
import type { AssignmentFacts, ClassFacts, FunctionFacts } from '../../extract/service/service-facts';
import { ReferenceResolver, type Target, type WiredProject } from './reference-resolver';
import type { ProjectRemarks } from './project-remarks';
import { shortName } from './service-names';

export type Definition =
  | { readonly kind: 'assignment'; readonly path: string; readonly assignment: AssignmentFacts }
  | { readonly kind: 'function'; readonly path: string; readonly definition: FunctionFacts }
  | { readonly kind: 'class'; readonly path: string; readonly definition: ClassFacts };

/** Finds what names stand for: definitions of the project, or dotted names from outside. */
export class DefinitionIndex {
  readonly resolver: ReferenceResolver;
  private readonly tables = new Map<string, { readonly summary: ModuleSummary; readonly definitions: ReadonlyMap<string, Definition> }>();

  /** `memo` keeps what was found out before; it is told every file that is read here. */
  constructor(
    readonly project: WiredProject,
    readonly memo: ReadMemo,
    /** All files, sorted. */
    readonly paths: () => readonly string[],
    private readonly remarks: ProjectRemarks,
  ) {
    this.resolver = new ReferenceResolver(project);
  }

  /** Whether an attribute of that name may be put on some class from outside. */
  isAddedSomewhere(name: string): boolean {
    return this.remarks.isAddedSomewhere(name);
  }

  /** Whether the project teaches Starlette converters of its own. */
  hasOwnConverters(): boolean {
    return this.remarks.hasOwnConverters();
  }

  /** What each file gives, in the order of paths; read again only when something it was read from is another. */
  ofFiles<Value>(stage: string, read: (path: string, before: Value | undefined) => Value): readonly Value[] {
    return this.memo.computeAll(stage, this.paths(), read);
  }

  /** What all files give together; the same list again as long as no file gives another. */
  itemsOf<Item>(stage: string, read: (path: string, before: readonly Item[] | undefined) => readonly Item[]): readonly Item[] {
    return this.memo.computeItems(stage, this.paths(), read);
  }

  /** By its file and variable, `path#variable`. */
  definitionAt(id: string): Definition | undefined {
    const end = id.lastIndexOf('#');
    return this.definitionNamed(id.slice(0, end), id.slice(end + 1));
  }

  targetOf(path: string, expression: Expression | undefined): Target {
    return this.resolver.resolveExpression(path, expression);
  }

  definitionOf(path: string, expression: Expression | undefined): Definition | undefined {
    const target = this.targetOf(path, expression);
    return target.kind === 'variable' ? this.definitionNamed(target.path, target.variable) : undefined;
  }

  /** `fastapi.Depends`, however it was imported; undefined for names of the project. */
  externalName(path: string, expression: Expression | undefined): string | undefined {
    const target = this.targetOf(path, expression);
    return target.kind === 'external' ? shortName(target.name) : undefined;
  }

  /** The literal text of an argument, also through a constant; `absent` when it is not given, undefined when it is computed. */
  textOf(path: string, expression: Expression | undefined, absent?: string, depth = 0): string | undefined {
    if (expression === undefined) return absent;
    if (expression.kind === 'text') return expression.value;
    if (expression.kind === 'joined') return this.joinedText(path, expression.parts, depth);
    const definition = this.definitionOf(path, expression);
    if (definition?.kind !== 'assignment' || definition.assignment.place.conditional) return undefined;
    const { value } = definition.assignment;
    if (value.kind === 'joined') return this.joinedText(definition.path, value.parts, depth);
    return value.kind === 'text' ? value.value : undefined;
  }

  /** Names of texts may be made of other names; where that comes round, or goes too deep, it cannot be told. */
  private joinedText(path: string, parts: readonly Expression[], depth: number): string | undefined {
    if (depth > 3 || parts.length > 8) return undefined;
    const texts = parts.map((part) => this.textOf(path, part, undefined, depth + 1));
    return texts.every((text) => text !== undefined) ? texts.join('') : undefined;
  }

  /** Aliases such as `CurrentUser = Annotated[…]` replaced by what they stand for, with the file that says so. */
  withoutAlias(path: string, expression: Expression): { readonly path: string; readonly expression: Expression } {
    let current = { path, expression };
    for (let count = 0; count < 10; count += 1) {
      const definition = this.definitionOf(current.path, current.expression);
      if (definition?.kind !== 'assignment' || definition.assignment.value.kind === 'call') break;
      current = { path: definition.path, expression: definition.assignment.value };
    }
    return current;
  }

  /** All classes a project class inherits from, and the outer names they end in; `isComplete` is false when a base is not known. */
  ancestryOf(
    path: string,
    start: ClassFacts,
  ): {
    readonly classes: readonly ClassFacts[];
    /** The file of each class. */
    readonly files: ReadonlyMap<ClassFacts, string>;
    readonly outer: ReadonlySet<string>;
    readonly isComplete: boolean;
  } {
    const classes: ClassFacts[] = [];
    const files = new Map<ClassFacts, string>();
    const outer = new Set<string>();
    let isComplete = true;
    const pending = [{ path, definition: start }];
    while (pending.length > 0 && classes.length < 100) {
      const next = pending.pop()!;
      if (classes.includes(next.definition)) continue;
      classes.push(next.definition);
      files.set(next.definition, next.path);
      for (const base of next.definition.bases) {
        const named = base.kind === 'subscript' ? base.value : base;
        const found = this.definitionOf(next.path, named);
        const name = this.externalName(next.path, named) ?? this.madeBy(found);
        if (found?.kind === 'class') pending.push(found);
        else if (name !== undefined) outer.add(name);
        else isComplete = false;
      }
    }
    return { classes, files, outer, isComplete };
  }

  /** `Base = declarative_base()` */
  private madeBy(definition: Definition | undefined): string | undefined {
    if (definition?.kind !== 'assignment' || definition.assignment.value.kind !== 'call') return undefined;
    const name = this.externalName(definition.path, definition.assignment.value.callee);
    return name === undefined ? undefined : `${name}()`;
  }

  private definitionNamed(path: string, variable: string): Definition | undefined {
    const summary = this.project.summaries.get(path);
    if (summary === undefined) return undefined;
    const known = this.tables.get(path);
    if (known?.summary === summary) return known.definitions.get(variable);
    const definitions = definitionsIn(path, summary);
    this.tables.set(path, { summary, definitions });
    return definitions.get(variable);
  }
}

function definitionsIn(path: string, { service }: ModuleSummary): ReadonlyMap<string, Definition> {
  const definitions = new Map<string, Definition>();
  const add = (variable: string | undefined, definition: Definition): void => {
    if (variable !== undefined) definitions.set(variable, definition);
  };
  for (const assignment of service?.assignments ?? []) add(assignment.variable, { kind: 'assignment', path, assignment });
  for (const definition of service?.functions ?? []) add(definition.variable, { kind: 'function', path, definition });
  for (const definition of service?.classes ?? []) add(definition.variable, { kind: 'class', path, definition });
  return definitions;
}
