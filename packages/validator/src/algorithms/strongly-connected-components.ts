/**
 * Tarjan's algorithm without recursion. Components come out dependencies first; members are sorted;
 * the result is the same whatever the order of the input. Dependencies that are not nodes are ignored.
 */
export function stronglyConnectedComponents(
  nodes: readonly string[],
  dependenciesOf: (id: string) => readonly string[],
): readonly (readonly string[])[] {
  const known = new Set(nodes);
  const search = new ComponentSearch((id) => [...new Set(dependenciesOf(id))].filter((target) => known.has(target)).sort());
  for (const id of [...known].sort()) search.visit(id);
  return search.components;
}

interface Visit {
  readonly id: string;
  readonly targets: readonly string[];
  next: number;
}

class ComponentSearch {
  readonly components: string[][] = [];
  private readonly index = new Map<string, number>();
  private readonly low = new Map<string, number>();
  private readonly open: string[] = [];
  private readonly isOpen = new Set<string>();

  constructor(private readonly dependenciesOf: (id: string) => readonly string[]) {}

  visit(root: string): void {
    if (this.index.has(root)) return;
    const path: Visit[] = [this.enter(root)];
    while (path.length > 0) {
      const top = path[path.length - 1]!;
      const target = top.targets[top.next];
      if (target === undefined) {
        path.pop();
        this.leave(top.id, path[path.length - 1]?.id);
        continue;
      }
      top.next += 1;
      if (!this.index.has(target)) path.push(this.enter(target));
      else if (this.isOpen.has(target)) this.lower(top.id, this.index.get(target)!);
    }
  }

  private enter(id: string): Visit {
    const order = this.index.size;
    this.index.set(id, order);
    this.low.set(id, order);
    this.open.push(id);
    this.isOpen.add(id);
    return { id, targets: this.dependenciesOf(id), next: 0 };
  }

  private leave(id: string, parent: string | undefined): void {
    const low = this.low.get(id)!;
    if (parent !== undefined) this.lower(parent, low);
    if (low !== this.index.get(id)) return;
    const members = this.open.splice(this.open.lastIndexOf(id));
    for (const member of members) this.isOpen.delete(member);
    this.components.push(members.sort());
  }

  private lower(id: string, value: number): void {
    if (value < this.low.get(id)!) this.low.set(id, value);
  }
}
