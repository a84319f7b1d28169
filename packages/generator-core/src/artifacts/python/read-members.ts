import type { AccessRule, AccessWord, EntitySpec, FieldSpec, FieldType, ServiceSpec } from '../../spec/service-spec';
import { pascalCase } from '../../spec/naming';
import { decimalInJson, valueAnnotation } from './column-type';
import type { ModelMember } from './request-annotation';
import { isShownToSome } from '../web/is-shown-to-some';
import { belongsTo, entityNamed, hasRoles, idAnnotation, relationNamed } from './spec-lookup';
import { hasTenant, leastTenantRole } from './tenancy';

/** Annotation of a field in an answer, without `| None`. */
export function readAnnotation(type: FieldType): string {
  if (type.kind === 'decimal') return decimalInJson(type);
  if (type.kind === 'bytes') return 'Base64';
  // The format `time` of JSON Schema wants an offset.
  if (type.kind === 'time') return 'NaiveTime';
  return type.kind === 'json' ? (type.struct ?? 'Json') : valueAnnotation(type);
}

export function readMember(field: { readonly name: string; readonly type: FieldType; readonly nullable: boolean }): ModelMember {
  return { name: field.name, annotation: `${readAnnotation(field.type)}${field.nullable ? ' | None' : ''}` };
}

/** What everybody who may read a row sees of it, embeds aside. */
export function plainReadMembers(spec: ServiceSpec, entity: EntitySpec): readonly ModelMember[] {
  return [
    { name: 'id', annotation: idAnnotation(entity) },
    ...entity.fields.filter((field) => !field.hidden && !isShownToSome(spec, entity, field)).map(readMember),
    ...(entity.isUser ? accountMembers(spec) : []),
    ...referenceMembers(spec, entity),
  ];
}

/** `rating`, the version and the timestamps, which stand at the end. */
export function closingReadMembers(entity: EntitySpec): readonly ModelMember[] {
  return [
    ...entity.computed.map(readMember),
    ...(entity.version ? [{ name: 'version', annotation: 'int' }] : []),
    ...(entity.timestamps ? ['created_at', 'updated_at'].map((name) => ({ name, annotation: 'dt.datetime' })) : []),
  ];
}

function accountMembers(spec: ServiceSpec): readonly ModelMember[] {
  return [...(hasRoles(spec) ? [{ name: 'role', annotation: 'Role' }] : []), { name: 'is_active', annotation: 'bool' }];
}

function referenceMembers(spec: ServiceSpec, entity: EntitySpec): readonly ModelMember[] {
  return belongsTo(entity).map((relation) => ({
    name: relation.column,
    annotation: `${idAnnotation(entityNamed(spec, relation.target))}${relation.nullable ? ' | None' : ''}`,
  }));
}

/** A row inside another one's answer: no long texts, no documents, and of people not what they log in with unless everybody may read it. */
export function summaryMembers(spec: ServiceSpec, entity: EntitySpec): readonly ModelMember[] {
  const isShown = (field: FieldSpec): boolean =>
    !field.hidden &&
    field.visible === undefined &&
    field.type.kind !== 'text' &&
    field.type.kind !== 'json' &&
    field.type.kind !== 'bytes' &&
    !isPrivateLogin(spec, entity, field);
  return [
    { name: 'id', annotation: idAnnotation(entity) },
    ...entity.fields.filter(isShown).map(readMember),
    ...referenceMembers(spec, entity),
  ];
}

function isPrivateLogin(spec: ServiceSpec, entity: EntitySpec, field: FieldSpec): boolean {
  const isPublic = entity.access.read?.some((word) => word.kind === 'public') === true;
  return entity.isUser && !isPublic && (field.name === spec.auth?.login || field.type.kind === 'email');
}

/** Embeds of an entity as a tree: `items.book` → items → book. */
export interface Embed {
  readonly relation: string;
  readonly target: EntitySpec;
  readonly many: boolean;
  readonly nullable: boolean;
  readonly embeds: readonly Embed[];
}

export function embedTree(
  spec: ServiceSpec,
  entity: EntitySpec,
  embedPaths: readonly (readonly string[])[] = entity.embed,
): readonly Embed[] {
  const names = [...new Set(embedPaths.flatMap((path) => path.slice(0, 1)))];
  return names.map((name) => {
    const relation = relationNamed(entity, name);
    const target = entityNamed(spec, relation.target);
    const rest = embedPaths.filter((path) => path[0] === name && path.length > 1).map((path) => path.slice(1));
    return {
      relation: name,
      target,
      many: relation.kind === 'has_many' || relation.kind === 'many_to_many',
      nullable: relation.kind === 'has_one' || (relation.kind === 'belongs_to' && relation.nullable),
      embeds: embedTree(spec, target, rest),
    };
  });
}

/** A class for rows that are embedded together with embeds of their own: `OrderItemInOrder`. Inner ones come first. */
export interface EmbedClass {
  readonly name: string;
  readonly base: string;
  readonly members: readonly ModelMember[];
}

export interface EmbedMembers {
  readonly members: readonly ModelMember[];
  readonly classes: readonly EmbedClass[];
}

export function embedMembers(embeds: readonly Embed[], owner: string): EmbedMembers {
  const targets = embeds.map((embed) => embed.target.name);
  const parts = embeds.map((embed) => {
    const isAmbiguous = targets.indexOf(embed.target.name) !== targets.lastIndexOf(embed.target.name);
    const summary = `${embed.target.name}Summary`;
    const inside = embedMembers(embed.embeds, `${embed.target.name}In${owner}`);
    const name =
      embed.embeds.length === 0 ? summary : `${embed.target.name}${isAmbiguous ? `As${pascalCase(embed.relation)}` : ''}In${owner}`;
    const annotation = embed.many ? `list[${name}]` : `${name}${embed.nullable ? ' | None' : ''}`;
    const own = embed.embeds.length === 0 ? [] : [{ name, base: summary, members: inside.members }];
    return { member: { name: embed.relation, annotation }, classes: [...inside.classes, ...own] };
  });
  return { members: parts.map(({ member }) => member), classes: parts.flatMap(({ classes }) => classes) };
}

/** Entities that some read embeds, in spec order: they have a summary. */
export function summarizedEntities(spec: ServiceSpec): readonly EntitySpec[] {
  const collect = (embeds: readonly Embed[]): readonly string[] => embeds.flatMap((embed) => [embed.target.name, ...collect(embed.embeds)]);
  const names = new Set(spec.entities.flatMap((entity) => collect(embedTree(spec, entity))));
  return spec.entities.filter((entity) => names.has(entity.name));
}

/** A read class with the fields that a rule opens: `BookReadForStaff`. */
export interface VisibilityLevel {
  readonly rule: AccessRule;
  /** `Staff`, `SelfOrAdmin` */
  readonly label: string;
  readonly members: readonly ModelMember[];
}

/** The rules of `visible=` fields of an entity, each once, in field order; those aside that all who get the row fulfil. */
export function visibilityLevels(spec: ServiceSpec, entity: EntitySpec): readonly VisibilityLevel[] {
  const levels = new Map<string, { readonly rule: AccessRule; readonly fields: FieldSpec[] }>();
  for (const field of entity.fields) {
    if (field.visible === undefined || !isShownToSome(spec, entity, field)) continue;
    const label = field.visible.map(wordLabel).join('Or');
    const level = levels.get(label) ?? { rule: field.visible, fields: [] };
    level.fields.push(field);
    levels.set(label, level);
  }
  return [...levels].map(([label, { rule, fields }]) => ({ label, rule, members: fields.map(readMember) }));
}

function wordLabel(word: AccessWord): string {
  return pascalCase(word.kind === 'role' || word.kind === 'tenant' ? word.role : word.kind);
}

/** All roles that rules compare, each kind from its least one on; no name is in both. */
export function rankedRoles({ auth, tenancy }: ServiceSpec): readonly string[] {
  return [...(auth?.roles ?? []), ...(tenancy?.roles ?? [])];
}

/** Whether what is shown of a row depends on the viewer's role in its tenant, so that rows are loaded with it. */
export function needsViewerRole(spec: ServiceSpec, entity: EntitySpec): boolean {
  return hasTenant(spec, entity) && visibilityLevels(spec, entity).some(({ rule }) => leastTenantRole(spec, entity, rule) !== undefined);
}

/** Subsets of the levels that a viewer can have together, most first: who has a level has all that it implies. */
export function visibilityCombinations(
  levels: readonly VisibilityLevel[],
  roles: readonly string[],
): readonly (readonly VisibilityLevel[])[] {
  const subsets = Array.from({ length: 2 ** levels.length }, (_, bits) => levels.filter((_level, index) => (bits >> index) & 1));
  const isPossible = (subset: readonly VisibilityLevel[]): boolean =>
    subset.every((level) => levels.every((other) => subset.includes(other) || !impliesLevel(level, other, roles)));
  return subsets.filter((subset) => subset.length > 0 && isPossible(subset)).sort((a, b) => b.length - a.length);
}

/** Whether everybody who has one level has the other, too: `self` implies `[self, admin]`, `admin` implies `staff`. */
export function impliesLevel(level: VisibilityLevel, other: VisibilityLevel, roles: readonly string[]): boolean {
  return level.rule.every((word) => other.rule.some((wider) => isWithin(word, wider, roles)));
}

function isWithin(word: AccessWord, wider: AccessWord, roles: readonly string[]): boolean {
  if (wider.kind === 'user') return true;
  const isRole = word.kind === 'role' || word.kind === 'tenant';
  return isRole && wider.kind === word.kind ? roles.indexOf(word.role) >= roles.indexOf(wider.role) : word.kind === wider.kind;
}
