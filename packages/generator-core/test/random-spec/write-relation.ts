import type { RelationDraft } from './draft';
import type { Random } from './random';

export function writeRelation(random: Random, relation: RelationDraft): string | Readonly<Record<string, unknown>> {
  return relation.description === undefined && random.chance(0.8) ? shortRelation(relation) : objectRelation(relation);
}

function shortRelation(relation: RelationDraft): string {
  switch (relation.kind) {
    case 'belongs_to': {
      const action = relation.onDelete === undefined ? [] : [`on_delete=${relation.onDelete}`];
      return ['belongs_to', `${relation.target}${relation.nullable ? '?' : ''}`, ...action, ...relation.flags].join(' ');
    }
    case 'has_many':
    case 'has_one':
      return [relation.kind, `${relation.target}.${relation.via}`, ...relation.flags].join(' ');
    case 'many_to_many':
      return [
        'many_to_many',
        relation.target,
        ...(relation.inverse === undefined ? [] : [`inverse=${relation.inverse}`]),
        ...relation.flags,
      ].join(' ');
  }
}

function objectRelation(relation: RelationDraft): Readonly<Record<string, unknown>> {
  return {
    kind: relation.kind,
    entity: relation.target,
    ...(relation.kind === 'belongs_to' && relation.nullable && { nullable: true }),
    ...(relation.kind === 'belongs_to' && relation.onDelete !== undefined && { on_delete: relation.onDelete }),
    ...((relation.kind === 'has_many' || relation.kind === 'has_one') && { inverse: relation.via }),
    ...(relation.kind === 'many_to_many' && relation.inverse !== undefined && { inverse: relation.inverse }),
    ...Object.fromEntries(relation.flags.map((flag) => [flag, true])),
    ...(relation.description !== undefined && { description: relation.description }),
  };
}
