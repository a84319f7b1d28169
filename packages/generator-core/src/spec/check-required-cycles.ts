import type { RelationSpec, ServiceSpec } from './service-spec';
import { entityPath, type SpecContext } from './spec-context';

type Link = Extract<RelationSpec, { readonly kind: 'belongs_to' }>;

/** A ring of required links: no row of it could be the first one. Each ring is reported once, at its first entity in spec order. */
export function checkRequiredCycles({ entities }: ServiceSpec, context: SpecContext): void {
  const links = new Map(
    entities.map(({ name, relations }) => [
      name,
      relations.filter((relation): relation is Link => relation.kind === 'belongs_to' && !relation.nullable),
    ]),
  );
  const order = [...links.keys()];
  for (const [index, start] of order.entries()) {
    const allowed = new Set(order.slice(index));
    for (const link of links.get(start) ?? []) {
      const ring = ringThrough({ start, link, links, allowed });
      if (ring !== undefined) reportRing({ start, link, ring, context });
    }
  }
}

/** Shortest way back to `start` by way of `link`, entity by entity. */
function ringThrough({
  start,
  link,
  links,
  allowed,
}: {
  readonly start: string;
  readonly link: Link;
  readonly links: ReadonlyMap<string, readonly Link[]>;
  readonly allowed: ReadonlySet<string>;
}): readonly string[] | undefined {
  const seen = new Set<string>();
  let ways: (readonly string[])[] = [[start, link.target]];
  while (ways.length > 0) {
    const next: (readonly string[])[] = [];
    for (const way of ways) {
      const end = way.at(-1) ?? start;
      if (end === start) return way;
      if (seen.has(end) || !allowed.has(end)) continue;
      seen.add(end);
      for (const { target } of links.get(end) ?? []) next.push([...way, target]);
    }
    ways = next;
  }
  return undefined;
}

function reportRing({
  start,
  link,
  ring,
  context,
}: {
  readonly start: string;
  readonly link: Link;
  readonly ring: readonly string[];
  readonly context: SpecContext;
}): void {
  const itself = ring.length === 2;
  const message = itself
    ? `every ${start} needs another ${start} before it, so none could be the first.`
    : `${ring.join(' → ')} need each other before they exist, so none could be the first.`;
  context.report({
    at: entityPath(start, 'relations', link.name),
    code: 'required-cycle',
    message,
    mend: `make one of the links optional: "belongs_to ${link.target}?"`,
  });
}
