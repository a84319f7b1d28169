import type { EntitySpec, ServiceSpec } from '../../spec/service-spec';
import { entityNamed } from '../python/spec-lookup';
import { createParents } from './factory-view';
import { missingIdOf } from './missing-id-of';
import { besideArgument } from './tenant-arguments';

/** A reference in create requests to rows that are deleted softly. */
export interface SoftReferenceTest {
  /** `category` */
  readonly name: string;
  readonly column: string;
  /** `make_category(session)` */
  readonly make: string;
  readonly missing: string;
}

export function softReferenceTests(spec: ServiceSpec, entity: EntitySpec): readonly SoftReferenceTest[] {
  return createParents(spec, entity).flatMap(({ name, column, target }) => {
    const parent = entityNamed(spec, target);
    const make = `make_${parent.module}(session${besideArgument(spec, entity, parent, { ruler: 'actor' })})`;
    return parent.softDelete ? [{ name, column, make, missing: missingIdOf(parent) }] : [];
  });
}
