import type { FactCollector } from '../fact-collector';
import { findBinding } from '../find-binding';
import type { Binding, NameUse, Scope } from '../scope';
import type { Reference } from './expression';

type ImportPlace = { readonly importIndex: number; readonly importedNameIndex: number | undefined };

/** Answers, for offsets in one file, which binding a name there means. */
export class BindingIndex {
  private readonly uses = new Map<number, NameUse>();
  private readonly owners = new Map<number, { readonly scope: Scope; readonly name: string }>();
  private readonly scopes = new Set<Scope>();

  constructor(private readonly facts: FactCollector) {
    this.addScopes(facts.moduleScope);
    for (const use of facts.uses) {
      this.uses.set(use.span.start, use);
      this.addScopes(use.scope);
    }
  }

  /** The key of a name bound once, by its identifier's offset; undefined when it is bound again or deleted. */
  variableAt(offset: number): string | undefined {
    const owner = this.owners.get(offset);
    if (owner === undefined) return undefined;
    const bindings = owner.scope.bindings.get(owner.name)!;
    return bindings.length === 1 && !owner.scope.deletions.has(owner.name) ? keyOf(owner.scope, owner.name, bindings[0]!) : undefined;
  }

  bindingOf(offset: number): Reference['binding'] {
    const use = this.uses.get(offset);
    if (use === undefined) return { kind: 'ambiguous' };
    const found = findBinding(use);
    if (found === undefined) return { kind: 'free' };
    const [first] = found.bindings;
    const isSingle = found.bindings.length === 1 && !found.scope.deletions.has(use.name);
    if (first?.importIndex !== undefined && (isSingle || this.sharesRoot(found.bindings))) {
      return { kind: 'import', importIndex: first.importIndex, importedNameIndex: first.importedNameIndex };
    }
    return isSingle ? { kind: 'variable', variable: keyOf(found.scope, use.name, first!) } : { kind: 'ambiguous' };
  }

  ambiguousImports(): readonly ImportPlace[] {
    const found: ImportPlace[] = [];
    for (const { bindings } of this.scopes) {
      for (const group of bindings.values()) {
        if (group.length === 1 || this.sharesRoot(group)) continue;
        for (const { importIndex, importedNameIndex } of group)
          if (importIndex !== undefined) found.push({ importIndex, importedNameIndex });
      }
    }
    return found.sort((left, right) => left.importIndex - right.importIndex);
  }

  /** `import app.a` and `import app.b` both bind the same `app`. */
  private sharesRoot(bindings: readonly Binding[]): boolean {
    return bindings.every(({ importIndex }) => {
      const statement = importIndex === undefined ? undefined : this.facts.imports[importIndex];
      return statement?.kind === 'import' && !statement.hasAlias;
    });
  }

  private addScopes(innermost: Scope): void {
    for (let scope: Scope | undefined = innermost; scope !== undefined && !this.scopes.has(scope); scope = scope.parent) {
      this.scopes.add(scope);
      for (const [name, bindings] of scope.bindings) {
        for (const { span } of bindings) this.owners.set(span.start, { scope, name });
      }
    }
  }
}

function keyOf(scope: Scope, name: string, { span }: Binding): string {
  return scope.kind === 'module' ? name : `${name}@${span.start}`;
}
