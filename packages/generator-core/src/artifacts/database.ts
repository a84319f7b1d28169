import type { ServiceSpec } from '../spec/service-spec';
import { averagesToOtherPlaces } from './python/computed-columns';
import { hasEnums, hasSoftDelete, isVersioned, paths, usesFieldKind } from './python/spec-lookup';
import { uniqueColumns } from './python/table-constraints';
import { singleFileRole } from './web/single-file-role';

/** `app/core/database.py`; what no table of the spec needs is left out. */
export const databaseRole = singleFileRole({
  role: 'database',
  phase: 'core',
  path: paths.database,
  provides: (spec) => {
    const uses = databaseUses(spec);
    return [
      'Base',
      'SessionDep',
      'build_engine',
      'get_db',
      'get_engine',
      'get_session_factory',
      ...(uses.datetime ? ['UTCDateTime', 'utc_now'] : []),
      ...(uses.today ? ['utc_today'] : []),
      ...(uses.uuid7 ? ['uuid7'] : []),
      ...(uses.decimal ? ['ExactDecimal'] : []),
      ...(uses.enum ? ['string_enum'] : []),
      ...(uses.intKey ? ['BigIntKey'] : []),
      ...(uses.timestamps ? ['TimestampMixin'] : []),
      ...(uses.versions ? ['VersionMixin'] : []),
      ...(uses.softDelete ? ['SoftDeleteMixin'] : []),
      ...(uses.liveUnique ? ['unique_among_live'] : []),
    ];
  },
  needs: () => [paths.config],
  view: (spec) => ({ uses: databaseUses(spec) }),
});

/** Which parts of `app/core/database.py` a service needs. */
export function databaseUses(spec: ServiceSpec) {
  const softDelete = hasSoftDelete(spec);
  const timestamps = spec.entities.some((entity) => entity.timestamps);
  const defaults = [
    ...spec.entities.flatMap((entity) => entity.fields),
    ...spec.structs.flatMap((struct) => struct.fields),
    ...spec.operations.flatMap((operation) => operation.input),
  ].map((field) => field.default);
  const today = defaults.includes('today');
  return {
    timestamps,
    versions: isVersioned(spec),
    softDelete,
    liveUnique: spec.entities.some((entity) => entity.softDelete && uniqueColumns(entity).length > 0),
    today,
    datetime: timestamps || softDelete || today || spec.auth !== undefined || usesFieldKind(spec, 'datetime') || defaults.includes('now'),
    uuid7: spec.auth !== undefined || spec.entities.some((entity) => entity.id === 'uuid7'),
    intKey: spec.entities.some((entity) => entity.id === 'int'),
    decimal: usesFieldKind(spec, 'decimal'),
    places: averagesToOtherPlaces(spec),
    enum: hasEnums(spec) && (usesFieldKind(spec, 'enum') || (spec.auth?.roles.length ?? 0) > 0),
    json: usesFieldKind(spec, 'json'),
  };
}
