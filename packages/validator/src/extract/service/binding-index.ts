import type { FactCollector } from '../fact-collector';
import type { NameUse } from '../name-use';
import type { Binding, BoundName } from '../scope';
import type { Reference } from './expression';

type ImportPlace = { readonly importIndex: number; readonly importedNameIndex: number | undefined };

const AMBIGUOUS: Reference['binding'] = { kind: 'ambiguous' };
const FREE: Reference['binding'] = { kind: 'free' };

/** Answers, for offsets in one file, which binding a name there means. */
export class BindingIndex {
  /** By offset: one more than the place of the use, or of the bound name, that stands there. */
  private readonly useAt: Int32Array;
  private readonly nameAt: Int32Array;
  private readonly names: { readonly name: string; readonly bound: BoundName }[] = [];

  constructor(private readonly facts: FactCollector) {
    this.useAt = new Int32Array(facts.text.length + 1);
    this.nameAt = new Int32Array(facts.text.length + 1);
    for (let index = 0; index < facts.uses.length; index += 1) this.useAt[facts.uses[index]!.start] = index + 1;
    for (const scope of facts.scopes) {
      if (!scope.isRead) continue;
      for (const [name, bound] of scope.names) this.addName(name, bound);
    }
  }

  /** The key of a name bound once, by its identifier's offset; undefined when it is bound again or deleted. */
  variableAt(offset: number): string | undefined {
    const place = this.nameAt[offset]!;
    if (place === 0) return undefined;
    const { name, bound } = this.names[place - 1]!;
    return isSingle(name, bound) ? keyOf(name, bound) : undefined;
  }

  bindingOf(offset: number): Reference['binding'] {
    const use = this.useOf(offset);
    return use === undefined ? AMBIGUOUS : this.bindingOfUse(use);
  }

  bindingOfUse({ name, found }: NameUse): Reference['binding'] {
    if (found === undefined) return FREE;
    const first = found.bindings[0]!;
    const single = isSingle(name, found);
    if (first.importIndex !== undefined && (single || this.sharesRoot(found.bindings))) {
      return { kind: 'import', importIndex: first.importIndex, importedNameIndex: first.importedNameIndex };
    }
    return single ? { kind: 'variable', variable: keyOf(name, found) } : AMBIGUOUS;
  }

  /** Whether `bindingOf` answers with an import. */
  isImport(offset: number): boolean {
    const use = this.useOf(offset);
    const bound = use?.found;
    if (use === undefined || bound === undefined || bound.bindings[0]!.importIndex === undefined) return false;
    return isSingle(use.name, bound) || this.sharesRoot(bound.bindings);
  }

  /** Whether `bindingOf` tells of this very use, where several stand at one offset. */
  isAnswerFor(use: NameUse): boolean {
    return this.useOf(use.start) === use;
  }

  ambiguousImports(): readonly ImportPlace[] {
    const found: ImportPlace[] = [];
    for (const { bound } of this.names) {
      if (bound.bindings.length === 1 || this.sharesRoot(bound.bindings)) continue;
      for (const { importIndex, importedNameIndex } of bound.bindings)
        if (importIndex !== undefined) found.push({ importIndex, importedNameIndex });
    }
    return found.sort((left, right) => left.importIndex - right.importIndex);
  }

  private useOf(offset: number): NameUse | undefined {
    const place = this.useAt[offset]!;
    return place === 0 ? undefined : this.facts.uses[place - 1];
  }

  private addName(name: string, bound: BoundName): void {
    const place = this.names.push({ name, bound });
    for (const { span } of bound.bindings) this.nameAt[span.start] = place;
  }

  /** `import app.a` and `import app.b` both bind the same `app`. */
  private sharesRoot(bindings: readonly Binding[]): boolean {
    return bindings.every(({ importIndex }) => {
      const statement = importIndex === undefined ? undefined : this.facts.imports[importIndex];
      return statement?.kind === 'import' && !statement.hasAlias;
    });
  }
}

function isSingle(name: string, { scope, bindings }: BoundName): boolean {
  return bindings.length === 1 && !scope.isDeleted(name);
}

function keyOf(name: string, { scope, bindings }: BoundName): string {
  return scope.kind === 'module' ? name : `${name}@${bindings[0]!.span.start}`;
}
