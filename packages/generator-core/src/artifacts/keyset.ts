import { hasKeysetPages, paths } from './python/spec-lookup';
import { singleFileRole } from './web/single-file-role';

/** `app/repositories/keyset.py`: pages that begin behind a cursor. */
export const keysetRole = singleFileRole({
  role: 'keyset',
  phase: 'repositories',
  path: paths.keyset,
  exists: (spec) => spec.entities.some((entity) => hasKeysetPages(spec, entity)),
  provides: () => ['SortKey', 'read_page'],
  needs: () => [paths.errors, paths.schemaBase],
});
