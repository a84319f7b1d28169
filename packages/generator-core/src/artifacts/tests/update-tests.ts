import type { EntitySpec, ServiceSpec } from '../../spec/service-spec';
import { embedTree, type Embed } from '../python/read-members';
import { belongsTo, entityNamed } from '../python/spec-lookup';
import { isTenant } from '../python/tenancy';
import { changesLogin } from '../web/changes-login';
import { endlessLists } from './endless-lists';
import { createFields, updateFields } from './factory-view';
import { isOneForEachOwner } from './is-one-for-each-owner';
import { linkTests, type LinkTest } from './link-tests';
import { missingIdOf } from './missing-id-of';
import { refusedMembers } from './refused-members';
import { selfLinkTests, type SelfLinkTest } from './self-link-tests';
import { pythonJson, pythonRowValue, sampleValue } from './test-values';
import { uniqueTests, type UniqueTest } from './unique-tests';

export interface UpdateTests {
  /** `("stock", 2)` */
  readonly changes: readonly string[];
  /** JSON of a change that makes no slug: `{"stock": 2}`. */
  readonly plainChange?: string;
  /** Members of the answer that change by themselves. */
  readonly volatile: readonly string[];
  readonly refused: readonly string[];
  readonly unique: readonly (UniqueTest & { /** Guesses at taken ones are limited. */ readonly isLimited: boolean })[];
  /** Fields that may be emptied, with Python source of a value. */
  readonly nullable: readonly { readonly name: string; readonly value: string }[];
  readonly selfLinks: readonly SelfLinkTest[];
  readonly links: readonly LinkTest[];
  /** Whether rows tell when they were changed. */
  readonly isTimed: boolean;
}

export function updateTests(spec: ServiceSpec, entity: EntitySpec): UpdateTests {
  const fields = updateFields(entity);
  const immutable = createFields(entity).filter((field) => field.immutable);
  const slugs = entity.fields.filter(({ type }) => type.kind === 'slug').map(({ name }) => name);
  const plain = fields.find(
    ({ name, hidden, nullable, default: value }) =>
      !hidden && (nullable || value !== undefined) && entity.fields.every(({ type }) => type.kind !== 'slug' || type.from !== name),
  );
  const plainValue =
    plain && [1, 0].map((index) => sampleValue(spec, plain, index)).find((sample) => sample !== undefined && sample !== plain.default);
  return {
    ...(plain && plainValue !== undefined && { plainChange: `{"${plain.name}": ${pythonJson(plainValue)}}` }),
    changes: fields
      .filter(({ hidden }) => !hidden)
      .flatMap((field) => {
        const value = [1, 0]
          .map((index) => sampleValue(spec, field, index))
          .find((sample) => sample !== undefined && sample !== field.default);
        return value === undefined ? [] : [`("${field.name}", ${pythonJson(value)})`];
      }),
    volatile: [...(entity.version ? ['version'] : []), ...(entity.timestamps ? ['updated_at'] : []), ...slugs, ...embedsBack(spec, entity)],
    refused: [
      ...endlessLists(spec, entity),
      ...belongsTo(entity)
        .filter((relation) => relation.immutable && relation.name !== entity.owner?.relation)
        .map(({ column, target }) => `{"${column}": ${missingIdOf(entityNamed(spec, target))}}`),
      ...immutable.map((field) => `{"${field.name}": ${pythonJson(sampleValue(spec, field, 1) ?? sampleValue(spec, field, 0) ?? null)}}`),
      ...refusedMembers(spec, entity),
    ],
    unique: isOneForEachOwner(entity)
      ? []
      : uniqueTests(spec, entity, fields, [])
          .filter(({ changes }) => changes.length === 1)
          .map(({ name, changes }) => ({
            name,
            isLimited: name === spec.auth?.login && changesLogin(spec, entity),
            changes: changes.map((change) => change.replace(/^(\w+)=/, '"$1": ')),
          })),
    nullable: fields
      .filter(({ nullable, hidden }) => nullable && !hidden)
      .flatMap((field) => {
        const value = sampleValue(spec, field, 1) ?? sampleValue(spec, field, 0);
        return value === undefined ? [] : [{ name: field.name, value: pythonRowValue(spec, field.type, value) }];
      }),
    selfLinks: isOneForEachOwner(entity) ? [] : selfLinkTests(spec, entity),
    // What a tenant may refer to lies in itself.
    isTimed: entity.timestamps,
    links: isTenant(spec, entity) ? [] : linkTests(spec, entity),
  };
}

/** Relations of the answer in which the row itself may stand again: what changes in it changes there, too. */
function embedsBack(spec: ServiceSpec, entity: EntitySpec): readonly string[] {
  const holds = ({ target, embeds }: Embed): boolean => target.name === entity.name || embeds.some(holds);
  return embedTree(spec, entity)
    .filter(({ embeds }) => embeds.some(holds))
    .map(({ relation }) => relation);
}
