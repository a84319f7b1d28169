import type { EntitySpec, FieldSpec, ServiceSpec } from '../../spec/service-spec';
import { entityNamed, nestedRelations } from '../python/spec-lookup';
import { isTenant } from '../python/tenancy';
import { bodyArguments } from './body-arguments';
import { endlessLists } from './endless-lists';
import { createFields, createParents } from './factory-view';
import { isOneForEachOwner } from './is-one-for-each-owner';
import { isRequired } from './is-required';
import { makerOf } from './maker-of';
import { missingIdOf } from './missing-id-of';
import { nestedTest, type NestedTest } from './nested-test';
import { otherViewer } from './other-viewer';
import { pythonSet } from './python-set';
import { readKeys } from './read-keys';
import { refusedChanges } from './refused-changes';
import { refusedMembers } from './refused-members';
import { slugTests, type SlugTest } from './slug-tests';
import { uniqueTests, type UniqueTest } from './unique-tests';
import { isPermitted } from './viewers';

export interface CreateTests {
  /** Whether who makes a row may read it: a user who is made is somebody else, and who makes a tenant need not become a member. */
  readonly isReadable: boolean;
  /** Keyword arguments of the body: `owner=actor`. */
  readonly arguments: string;
  /** Members of the answer, a Python expression. */
  readonly keys: string;
  readonly echoed: readonly string[];
  readonly required: readonly string[];
  readonly refused: readonly string[];
  readonly unique: readonly UniqueTest[];
  readonly dangling: readonly string[];
  readonly nested: readonly NestedTest[];
  readonly slugs: readonly SlugTest[];
}

/** Too short, too long, one of the most used, of a few letters. */
const weakPasswords = ['"2 short"', '"longer" * 30', '"Password2026!"', '"abababababab"'].map((source) => `{"password": ${source}}`);

export function createTests(spec: ServiceSpec, entity: EntitySpec, shared: readonly FieldSpec[]): CreateTests {
  const fields = createFields(entity);
  const keys = createdKeys(spec, entity);
  const isAll = keys.length === readKeys(spec, entity).length;
  const parents = createParents(spec, entity);
  return {
    isReadable: isReadable(spec, entity),
    arguments: bodyArguments(spec, entity),
    keys: isAll ? 'KEYS' : entity.isUser ? 'OTHERS_KEYS' : pythonSet(keys),
    echoed: fields.map(({ name }) => name).filter((name) => keys.includes(name)),
    required: [
      ...fields.filter(isRequired).map(({ name }) => name),
      ...parents.filter(({ nullable }) => !nullable).map(({ column }) => column),
      ...nestedRelations(entity).flatMap(({ kind, name }) => (kind === 'has_many' ? [name] : [])),
      ...(entity.isUser ? ['password'] : []),
    ],
    refused: [
      ...fields.filter((field) => !shared.includes(field)).flatMap((field) => refusedChanges(spec, field)),
      ...endlessLists(spec, entity),
      ...nestedRelations(entity).flatMap(({ kind, name }) => (kind === 'has_many' ? [`{"${name}": []}`] : [])),
      ...refusedMembers(spec, entity),
      ...(entity.isUser ? weakPasswords : []),
    ],
    unique: uniqueTests(spec, entity, fields, parents),
    nested: nestedRelations(entity).map((relation) => nestedTest(spec, relation)),
    slugs: isOneForEachOwner(entity) ? [] : slugTests(spec, entity, keys),
    dangling: parents.map(({ column, target }) => `{"${column}": ${missingIdOf(entityNamed(spec, target))}}`),
  };
}

function isReadable(spec: ServiceSpec, entity: EntitySpec): boolean {
  const { read } = entity.access;
  if (read === undefined) return false;
  const viewer = otherViewer(spec);
  if (entity.isUser) return isPermitted(spec, read, viewer, entity);
  return !isTenant(spec, entity) || isPermitted(spec, read, makerOf(spec, entity, viewer), entity);
}

/** What a row's maker is told of it. Users are made by others, and a tenant's maker may not be a member of it. */
function createdKeys(spec: ServiceSpec, entity: EntitySpec): readonly string[] {
  if (entity.isUser) return readKeys(spec, entity, otherViewer(spec));
  return readKeys(spec, entity, isTenant(spec, entity) ? makerOf(spec, entity, otherViewer(spec)) : undefined);
}
