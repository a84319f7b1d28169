import type { AccessRule, EntitySpec, ServiceSpec } from '../spec/service-spec';
import type { ArtifactRole, TemplateView } from './artifact-role';
import { accessCondition, ownerColumn } from './python/access-condition';
import {
  createMembers,
  cursorMembers,
  listSorts,
  nestedClasses,
  queryMembers,
  replaceMembers,
  updateMembers,
} from './python/entity-requests';
import {
  closingReadMembers,
  embedMembers,
  embedTree,
  impliesLevel,
  plainReadMembers,
  rankedRoles,
  visibilityCombinations,
  visibilityLevels,
  type VisibilityLevel,
} from './python/read-members';
import type { ModelMember } from './python/request-annotation';
import { entityNamed, entitySurface, hasKeysetPages, paths } from './python/spec-lookup';
import { hasTenant, leastTenantRole, tenantRoleMember } from './python/tenancy';
import { enumNames, usedNames } from './python/used-names';

/** `app/schemas/{entity}.py`: what clients send and get. */
export const entitySchemaRole: ArtifactRole = {
  role: 'entity-schema',
  phase: 'schemas',
  artifacts: (spec) =>
    spec.entities
      .filter((entity) => entitySurface(spec, entity).exists)
      .map((entity) => {
        const view = schemaView(spec, entity);
        return {
          path: paths.schema(entity),
          phase: 'schemas',
          role: 'entity-schema',
          template: 'app/schemas/[entity].py.jinja',
          entity: entity.name,
          provides: providedNames(entity, view),
          needs: [
            paths.schemaBase,
            ...(view.enums.length > 0 ? [paths.enums] : []),
            ...(view.structs.length > 0 ? [paths.structs] : []),
            ...(view.summaries.length > 0 ? [paths.summaries] : []),
            ...(view.levels.length > 0 ? [paths.viewer, paths.model(entity)] : []),
            ...(view.uses_clock ? [paths.database] : []),
          ].sort(),
        };
      }),
  view: (spec, { entity }) => schemaView(spec, entityNamed(spec, entity ?? '')),
};

function schemaView(spec: ServiceSpec, entity: EntitySpec) {
  const surface = entitySurface(spec, entity);
  const embeds = embedMembers(embedTree(spec, entity), entity.name);
  const view = {
    entity,
    docstring: `Requests and answers about ${entity.plural.replaceAll('_', ' ')}.`,
    sorts: surface.list ? listSorts(entity) : [],
    query: surface.list ? queryMembers(spec, entity) : undefined,
    cursor: hasKeysetPages(spec, entity) ? cursorMembers(spec, entity) : undefined,
    nested_classes: surface.create ? nestedClasses(spec, entity) : [],
    create: surface.create ? createMembers(spec, entity) : undefined,
    update: surface.update ? updateMembers(spec, entity) : undefined,
    replace: surface.replace ? replaceMembers(spec, entity) : undefined,
    embed_classes: embeds.classes,
    read: [...plainReadMembers(spec, entity), ...embeds.members, ...closingReadMembers(entity)],
    levels: visibilityClasses(spec, entity),
    visibility_choices: visibilityChoices(spec, entity),
  };
  const members: readonly ModelMember[] = [
    ...(view.query ?? []),
    ...(view.cursor ?? []),
    ...view.nested_classes.flatMap((nested) => nested.members),
    ...(view.create ?? []),
    ...(view.update ?? []),
    ...(view.replace ?? []),
    ...view.embed_classes.flatMap((embed) => embed.members),
    ...view.read,
    ...view.levels.flatMap((level) => level.members),
  ];
  const source = members.map((member) => `${member.annotation} ${member.default ?? ''}`).join('\n');
  const bases = view.embed_classes.map((embed) => embed.base).join('\n');
  const conditions = view.visibility_choices.map((choice) => choice.condition).join('\n');
  return {
    ...view,
    read_union: [...view.levels.map((level) => level.name), `${entity.name}Read`].join(' | '),
    enums: usedNames(`${source}\n${conditions}`, enumNames(spec)),
    structs: usedNames(
      source,
      spec.structs.map(({ name }) => name),
    ),
    summaries: usedNames(
      `${source}\n${bases}`,
      spec.entities.map(({ name }) => `${name}Summary`),
    ),
    uses_clock: /\butc_(now|today)\b/.test(source),
  } satisfies TemplateView;
}

function providedNames(entity: EntitySpec, view: ReturnType<typeof schemaView>): readonly string[] {
  return [
    ...(view.sorts.length > 0 ? [`${entity.name}Sort`] : []),
    ...(view.query === undefined ? [] : [`${entity.name}Query`]),
    ...(view.cursor === undefined ? [] : [`${entity.name}Cursor`]),
    ...view.nested_classes.map(({ name }) => name),
    ...(view.create === undefined ? [] : [`${entity.name}Create`]),
    ...(view.update === undefined ? [] : [`${entity.name}Update`]),
    ...(view.replace === undefined ? [] : [`${entity.name}Replace`]),
    ...view.embed_classes.map(({ name }) => name),
    `${entity.name}Read`,
    ...view.levels.map(({ name }) => name),
    ...(view.levels.length > 0 ? [`${entity.module}_read`] : []),
  ];
}

/** One class for each set of opened fields; a set of several inherits from the sets of one. */
function visibilityClasses(spec: ServiceSpec, entity: EntitySpec) {
  const combinations = visibilityCombinations(visibilityLevels(spec, entity), rankedRoles(spec));
  return [...combinations].reverse().map((levels) => ({
    name: visibilityClassName(entity, levels),
    bases: [`${entity.name}Read`],
    members: levels.flatMap((level) => level.members),
  }));
}

function visibilityClassName(entity: EntitySpec, levels: readonly VisibilityLevel[]): string {
  return `${entity.name}ReadFor${levels.map(({ label }) => label).join('And')}`;
}

/** Which class a viewer gets: the one that shows most comes first. */
function visibilityChoices(spec: ServiceSpec, entity: EntitySpec) {
  const roles = rankedRoles(spec);
  const isImplied = (level: VisibilityLevel, levels: readonly VisibilityLevel[]): boolean =>
    // Of levels that are the same by other words the first one tells.
    levels.some(
      (other) =>
        other !== level &&
        impliesLevel(other, level, roles) &&
        !(impliesLevel(level, other, roles) && levels.indexOf(level) < levels.indexOf(other)),
    );
  return visibilityCombinations(visibilityLevels(spec, entity), roles).map((levels) => {
    const telling = levels.filter((level) => !isImplied(level, levels));
    return {
      name: visibilityClassName(entity, levels),
      condition: telling.map((level) => parenthesized(ruleCondition(spec, entity, level.rule), telling.length > 1)).join(' and '),
    };
  });
}

function ruleCondition(spec: ServiceSpec, entity: EntitySpec, rule: AccessRule): string {
  const { allRows } = accessCondition(spec, entity, rule);
  const ownColumn = rule.some(({ kind }) => kind === 'owner' || kind === 'self') ? ownerColumn(entity) : undefined;
  const canBeNobodys = entity.relations.some(
    (relation) => relation.kind === 'belongs_to' && relation.column === ownColumn && relation.nullable,
  );
  const own = `${entity.module}.${ownColumn ?? ''} == viewer.user_id`;
  // A row of nobody is not the own row of somebody unknown.
  return [
    ...(allRows === undefined ? [] : [allRows]),
    ...viewerRoleCondition(spec, entity, rule),
    ...(ownColumn === undefined ? [] : [canBeNobodys ? `(viewer.user_id is not None and ${own})` : own]),
  ].join(' or ');
}

/** Rows are loaded with the role that the viewer has in their tenant. */
function viewerRoleCondition(spec: ServiceSpec, entity: EntitySpec, rule: AccessRule): readonly string[] {
  const least = hasTenant(spec, entity) ? leastTenantRole(spec, entity, rule) : undefined;
  if (least === undefined) return [];
  return [`includes_role(${entity.module}.viewer_role, ${tenantRoleMember(spec, least)})`];
}

function parenthesized(condition: string, wanted: boolean): string {
  return wanted && condition.includes(' or ') ? `(${condition})` : condition;
}
