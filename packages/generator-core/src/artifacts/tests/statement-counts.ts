import type { EntitySpec, ServiceSpec } from '../../spec/service-spec';
import { embedTree, type Embed } from '../python/read-members';
import { entityRouteAccess } from '../web/entity-route-view';

/** How many statements an answer takes, however many rows it has; a route that is not there has no number. */
export interface StatementCounts {
  readonly list?: number;
  readonly read?: number;
}

/** One for who asks (where the route wants to know), one for the rows, one for their number, one for each collection in them. */
export function statementCounts(spec: ServiceSpec, entity: EntitySpec): StatementCounts {
  const loaded = collectionsOf(embedTree(spec, entity));
  const asked = (verb: 'list' | 'read'): number => (entityRouteAccess({ spec, entity, verb })?.kind === 'open' ? 0 : 1);
  return {
    ...(entity.access.list && { list: asked('list') + 1 + (entity.pagination === 'keyset' ? 0 : 1) + loaded }),
    ...(entity.access.read && { read: asked('read') + 1 + loaded }),
  };
}

/** A single row comes along by a join. */
function collectionsOf(embeds: readonly Embed[]): number {
  return embeds.reduce((count, { many, embeds: inner }) => count + (many ? 1 : 0) + collectionsOf(inner), 0);
}
