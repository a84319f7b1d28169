import type { ServiceSpec } from '../spec/service-spec';
import { isVersioned, paths } from './python/spec-lookup';
import { needsLoading } from './web/entity-reads';
import { singleFileRole } from './web/single-file-role';

/** `app/core/versions.py`: optimistic locking over HTTP; exists where an entity has a version. */
export const versionsRole = singleFileRole({
  role: 'versions',
  phase: 'core',
  path: paths.versions,
  exists: isVersioned,
  provides: (spec) => {
    const uses = versionUses(spec);
    return [
      'handle_stale_row',
      ...(uses.tagged ? ['TAGGED', 'entity_tag'] : []),
      ...(uses.read ? ['CONDITIONAL_READ', 'NOT_MODIFIED', 'NotModifiedMiddleware'] : []),
      ...(uses.write ? ['IF_MATCH', 'IfMatch', 'IfMatchDep', 'PreconditionFailedError', 'PreconditionRequiredError'] : []),
    ];
  },
  needs: () => [paths.errors],
  view: (spec) => ({ uses: versionUses(spec) }),
});

/** Which parts of `app/core/versions.py` a service needs. */
export function versionUses(spec: ServiceSpec) {
  const versioned = spec.entities.filter(({ version }) => version);
  const has = (verb: 'read' | 'update' | 'replace' | 'delete'): boolean => versioned.some(({ access }) => access[verb] !== undefined);
  const tagged = versioned.filter(({ access }) => access.read !== undefined || access.update !== undefined || access.replace !== undefined);
  return {
    read: has('read'),
    delete: versioned.some(({ access, softDelete }) => access.delete !== undefined && !softDelete),
    write: has('update') || has('replace') || has('delete'),
    tagged: tagged.length > 0,
    digest: tagged.some(needsLoading),
  };
}
