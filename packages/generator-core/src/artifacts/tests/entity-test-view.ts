import type { EntitySpec, ServiceSpec, Verb } from '../../spec/service-spec';
import { belongsTo } from '../python/spec-lookup';
import { tenantEntity } from '../python/tenancy';
import { hasStaticSiblings } from '../web/static-siblings';
import { childTests, type ChildTest } from './child-tests';
import { computedTests, type ComputedTest } from './computed-tests';
import { createTests, type CreateTests } from './create-tests';
import { updateFields } from './factory-view';
import { fullRowTests, type FullRowTests } from './full-row-tests';
import { highestRole } from './highest-role';
import { isOneForEachOwner } from './is-one-for-each-owner';
import { listTests, type ListTests } from './list-tests';
import { missingIdOf } from './missing-id-of';
import { otherViewer } from './other-viewer';
import { pythonSet } from './python-set';
import { readKeys } from './read-keys';
import { refusedChanges } from './refused-changes';
import { replaceTests, type ReplaceTests } from './replace-tests';
import { softReferenceTests, type SoftReferenceTest } from './soft-reference-tests';
import { statementCounts, type StatementCounts } from './statement-counts';
import { ruledArgument } from './tenant-arguments';
import { testRow } from './test-row';
import { updateTests, type UpdateTests } from './update-tests';
import { versionTests, type VersionTests } from './version-tests';

/** What `tests/test_{entity}.py` tests; all strings are Python source. A verb without a route is undefined. */
export interface EntityTestView {
  readonly name: string;
  readonly module: string;
  /** Variable for one row. */
  readonly row: string;
  readonly path: string;
  /** `f"/api/v1/books/{book.id}"` */
  readonly rowUrl: string;
  /** HTTP methods of the routes of one row. */
  readonly rowMethods: readonly string[];
  /** Answer to a path with what is no id at all. */
  readonly malformedStatus: 404 | 422;
  readonly label: string;
  readonly labels: string;
  /** Arguments that make the user who may do all of it: `role=Role.ADMIN`. Undefined without auth. */
  readonly actor?: { readonly arguments: string; readonly owns?: string };
  readonly isUser: boolean;
  /** The tenant that rows lie in, which the actor rules: the name of the fixture and its call. */
  readonly tenant?: { readonly name: string; readonly model: string; readonly label: string; readonly call: string };
  /** `, author=actor` where rows have an owner, `, workspace=workspace` where they lie in a tenant. */
  readonly owned: string;
  readonly missingId: string;
  /** Turns an id of an answer into one of the database: `UUID`. */
  readonly idOfJson: string;
  readonly refused: readonly string[];
  /** Members of an answer to the actor. */
  readonly keys: string;
  /** The same for other users' rows, where they show less; undefined where they do not. */
  readonly othersKeys?: string;
  readonly verbs: readonly Verb[];
  readonly create?: CreateTests;
  readonly update?: UpdateTests;
  readonly replace?: ReplaceTests;
  readonly softReferences: readonly SoftReferenceTest[];
  readonly children: readonly ChildTest[];
  /** Relation by which rows nest in each other, and go with each other: `parent`. */
  readonly nests?: string;
  readonly list?: ListTests;
  readonly full: FullRowTests;
  readonly statements: StatementCounts;
  readonly computed: readonly ComputedTest[];
  /** Entities with a version: requests that change a row name it. */
  readonly version?: VersionTests;
}

export function entityTestView(spec: ServiceSpec, entity: EntitySpec): EntityTestView {
  const { access } = entity;
  const owned = `${ruledArgument(spec, entity, 'actor')}${entity.owner ? `, ${entity.owner.relation}=actor` : ''}`;
  const shared = access.update === undefined ? [] : updateFields(entity);
  const keys = readKeys(spec, entity);
  const nests = access.delete === undefined ? undefined : nestingRelation(entity);
  const othersKeys = readKeys(spec, entity, entity.isUser ? otherViewer(spec) : undefined);
  return {
    name: entity.name,
    module: entity.module,
    path: `/api/v1${entity.path}`,
    row: testRow(entity),
    rowUrl: `f"/api/v1${entity.path}/{${testRow(entity)}.id}"`,
    rowMethods: rowMethods(entity),
    malformedStatus: hasStaticSiblings(spec, entity) ? 404 : 422,
    label: entity.label,
    labels: entity.plural.replaceAll('_', ' '),
    ...(spec.auth && {
      actor: {
        arguments: highestRole(spec),
        ...(entity.owner && { owns: entity.owner.relation }),
      },
    }),
    isUser: entity.isUser,
    ...(entity.tenant && { tenant: tenantFixture(spec) }),
    owned,
    missingId: missingIdOf(entity),
    idOfJson: entity.id === 'int' ? 'int' : 'UUID',
    refused: shared.flatMap((field) => refusedChanges(spec, field)),
    keys: pythonSet(keys),
    ...(othersKeys.length < keys.length && { othersKeys: pythonSet(othersKeys) }),
    verbs: (['list', 'read', 'create', 'update', 'replace', 'delete'] as const).filter((verb) => access[verb] !== undefined),
    ...(access.create && { create: createTests(spec, entity, shared) }),
    ...(access.update && { update: updateTests(spec, entity) }),
    ...(access.replace && { replace: replaceTests(spec, entity) }),
    softReferences: access.create === undefined ? [] : softReferenceTests(spec, entity),
    children: access.delete === undefined ? [] : childTests(spec, entity),
    ...(nests !== undefined && { nests }),
    ...(access.list && { list: listTests(spec, entity, access.list) }),
    statements: statementCounts(spec, entity),
    computed: access.read === undefined ? [] : computedTests(spec, entity),
    full: fullRowTests(spec, entity, owned),
    ...(entity.version && { version: versionTests(spec, entity) }),
  };
}

/** Not where rows have to be all alike, or there is but one for each. */
function nestingRelation(entity: EntitySpec): string | undefined {
  if (entity.isUser || isOneForEachOwner(entity)) return undefined;
  return belongsTo(entity).find(({ target, onDelete, unique }) => target === entity.name && onDelete === 'cascade' && !unique)?.name;
}

function rowMethods({ access }: EntitySpec): readonly string[] {
  return [
    ...(access.read ? ['GET'] : []),
    ...(access.update ? ['PATCH'] : []),
    ...(access.replace ? ['PUT'] : []),
    ...(access.delete ? ['DELETE'] : []),
  ];
}

function tenantFixture(spec: ServiceSpec): NonNullable<EntityTestView['tenant']> {
  const tenant = tenantEntity(spec);
  const { module, name, label, owner } = tenant;
  const owned = owner ? `, ${owner.relation}=actor` : '';
  return {
    name: testRow(tenant),
    model: name,
    label,
    call: `make_${module}(session${ruledArgument(spec, tenantEntity(spec), 'actor')}${owned})`,
  };
}
