import type { AccessRule, EntitySpec, ServiceSpec, Verb } from '../../spec/service-spec';
import { roleMember } from '../python/python-value';
import { visibilityLevels } from '../python/read-members';
import { needsOwner } from './factory-view';
import { missingIdOf, replaceBody } from './entity-test-view';
import { isPermitted, refusalStatus, viewerName, viewersOf, type Viewer } from './viewers';

/** One entity in `tests/test_access.py`. */
export interface EntityAccessView {
  readonly module: string;
  readonly path: string;
  readonly rowUrl: string;
  /** `make_review(session, author=owner)`; undefined for the user entity, where the owner is the row. */
  readonly makeRow?: string;
  readonly missingUrl: string;
  readonly verbs: readonly VerbAccessView[];
  /** Methods whose refusal must not tell a foreign row from a missing one. */
  readonly hidingMethods: readonly string[];
  /** A body that PUT takes, for the row in the variable of its module's name. */
  readonly replaceBody: string;
  readonly visible: readonly { readonly name: string; readonly cases: readonly string[] }[];
}

export interface VerbAccessView {
  readonly verb: Verb;
  readonly method: string;
  /** `("anonymous", 401)`; a list adds whether the owner's row is in it: `("anonymous", 200, True)`. */
  readonly cases: readonly string[];
  readonly bodyArguments: string;
}

const methods = { list: 'GET', read: 'GET', create: 'POST', update: 'PATCH', replace: 'PUT', delete: 'DELETE' } as const;
const verbs = ['list', 'read', 'create', 'update', 'replace', 'delete'] as const;
const successes = { list: 200, read: 200, create: 201, update: 200, replace: 200, delete: 204 } as const;

export function entityAccessView(spec: ServiceSpec, entity: EntitySpec): EntityAccessView {
  const { access } = entity;
  const strangers = viewersOf(spec, entity).filter((viewer) => viewerName(spec, viewer) === 'stranger');
  const hasOwnRows = (rule: AccessRule | undefined): boolean =>
    rule !== undefined && strangers.every((viewer) => refusalStatus(rule, viewer) === 404 && !isPermitted(spec, rule, viewer));
  return {
    module: entity.module,
    path: `/api/v1${entity.path}`,
    rowUrl: `f"/api/v1${entity.path}/{${entity.module}.id}"`,
    ...(!entity.isUser && { makeRow: `make_${entity.module}(session${entity.owner ? `, ${entity.owner.relation}=owner` : ''})` }),
    missingUrl: `"/api/v1${entity.path}/${missingIdOf(entity).replace(/["_]/g, '')}"`,
    verbs: verbs.flatMap((verb) => {
      const rule = access[verb];
      return rule === undefined ? [] : [verbView(spec, entity, verb, rule)];
    }),
    replaceBody: replaceBody(spec, entity),
    hidingMethods: (['read', 'update', 'replace', 'delete'] as const)
      .filter((verb) => hasOwnRows(access[verb]))
      .map((verb) => methods[verb]),
    visible: visibleFields(spec, entity),
  };
}

function verbView(spec: ServiceSpec, entity: EntitySpec, verb: (typeof verbs)[number], rule: AccessRule): VerbAccessView {
  return {
    verb,
    method: methods[verb],
    bodyArguments: needsOwner(spec, entity) ? ', owner=caller or owner' : '',
    cases: viewersOf(spec, entity).map((viewer) => {
      const name = viewerName(spec, viewer);
      const isAllowed = isPermitted(spec, rule, viewer);
      if (verb !== 'list')
        return `("${name}", ${isAllowed || (verb === 'create' && isCreator(rule, viewer)) ? successes[verb] : refusalStatus(rule, viewer)})`;
      const refusal = refusalStatus(rule, viewer);
      return isAllowed ? `("${name}", 200, True)` : `("${name}", ${refusal === 404 ? 200 : refusal}, False)`;
    }),
  };
}

/** A row that is only being made is its maker's own. */
function isCreator(rule: AccessRule, viewer: Viewer): boolean {
  return viewer.kind !== 'anonymous' && rule.some(({ kind }) => kind === 'owner' || kind === 'self');
}

/** Who of those that may read the row sees each field with `visible=`. */
function visibleFields(spec: ServiceSpec, entity: EntitySpec): EntityAccessView['visible'] {
  const rule = entity.access.read;
  if (rule === undefined) return [];
  return visibilityLevels(entity).flatMap((level) =>
    level.members.map(({ name }) => ({
      name,
      cases: viewersOf(spec, entity)
        .filter((viewer) => isPermitted(spec, rule, viewer))
        .map((viewer) => `("${viewerName(spec, viewer)}", ${isPermitted(spec, level.rule, viewer) ? 'True' : 'False'})`),
    })),
  );
}

/** `"staff": Role.STAFF` for every viewer of a role above the lowest. */
export function viewerRoles(spec: ServiceSpec): readonly string[] {
  const lowest = spec.auth?.defaultRole ?? spec.auth?.roles[0];
  return (spec.auth?.roles ?? []).filter((role) => role !== lowest).map((role) => `"${role}": ${roleMember(role)}`);
}
