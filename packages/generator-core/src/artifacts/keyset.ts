import { hasKeysetPages, paths } from './python/spec-lookup';
import type { ServiceSpec } from '../spec/service-spec';
import { repositoryView } from './repository';
import { singleFileRole } from './web/single-file-role';

/** `app/repositories/keyset.py`: pages that begin behind a cursor. */
export const keysetRole = singleFileRole({
  role: 'keyset',
  phase: 'repositories',
  path: paths.keyset,
  exists: (spec) => spec.entities.some((entity) => hasKeysetPages(spec, entity)),
  provides: () => ['SortKey', 'read_page'],
  needs: (spec) => [paths.errors, paths.schemaBase, ...(sortsRanks(spec) ? [paths.repositoryBase] : [])],
  view: (spec) => ({ ranks: sortsRanks(spec) }),
});

/** Whether such a page is sorted by an enum, as its values are declared. */
function sortsRanks(spec: ServiceSpec): boolean {
  return spec.entities.some((entity) => hasKeysetPages(spec, entity) && repositoryView(spec, entity).uses_ranks);
}
