import { modifierPlace } from './modifier-place';
import type { EntitySpec, ServiceSpec } from './service-spec';
import { entityPath, type SpecContext } from './spec-context';
import type { SpecPath } from './spec-path';
import type { ModifierPlace } from './written-field';

interface Renamed {
  readonly name: string;
  readonly was?: string;
}

interface RenameCheck {
  readonly items: readonly Renamed[];
  /** Names that stand in the spec, whatever has them. */
  readonly names: readonly string[];
  readonly placeOf: (name: string) => ModifierPlace;
  readonly context: SpecContext;
}

/** `was:` names what is gone: a name that is still there was not renamed, and two cannot come of one. */
export function checkRenames({ entities, enums }: ServiceSpec, context: SpecContext): void {
  checkItems({
    items: entities,
    names: entities.map(({ name }) => name),
    placeOf: (name) => ({ at: entityPath(name, 'was') }),
    context,
  });
  for (const entity of entities) checkMembers(entity, context);
  for (const { name, members } of enums) {
    checkItems({
      items: members.map(({ value, was }) => ({ name: value, ...(was !== undefined && { was }) })),
      names: members.map(({ value }) => value),
      placeOf: (value) => ({ at: enumPlace(name, value, context) }),
      context,
    });
  }
}

function checkMembers({ name, fields, relations }: EntitySpec, context: SpecContext): void {
  const names = [...fields, ...relations].map((item) => item.name);
  const place = (key: 'fields' | 'relations') => (item: string) =>
    modifierPlace({ at: entityPath(name, key, item), modifier: 'was', context });
  checkItems({ items: fields, names, placeOf: place('fields'), context });
  const renamable = relations.flatMap((relation): readonly Renamed[] =>
    relation.kind === 'belongs_to' || relation.kind === 'many_to_many' ? [relation] : [],
  );
  checkItems({ items: renamable, names, placeOf: place('relations'), context });
}

function checkItems({ items, names, placeOf, context }: RenameCheck): void {
  const taken = new Map<string, string>();
  for (const { name, was } of items) {
    if (was === undefined) continue;
    const other = taken.get(was);
    taken.set(was, name);
    if (!names.includes(was) && other === undefined) continue;
    const why = other === undefined ? `"${was}" is still there` : `"${other}" was "${was}", too`;
    context.report({
      ...placeOf(name),
      code: 'contradicting-rename',
      message: `"${name}" was "${was}", but ${why}.`,
      mend: other === undefined ? 'remove one of the two, or the hint' : 'keep the hint at one of the two',
    });
  }
}

function enumPlace(name: string, value: string, { document }: SpecContext): SpecPath {
  const written = document.enums?.[name];
  if (!Array.isArray(written)) return ['enums', name, value];
  return ['enums', name, written.findIndex((text) => text.split(' ')[0] === value)];
}
