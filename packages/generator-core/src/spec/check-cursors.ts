import type { EntitySpec, FieldSpec, ServiceSpec } from './service-spec';
import { entityPath, type SpecContext } from './spec-context';

/** Characters of all texts in a cursor together: it is part of a URL. */
const longestTexts = 1000;

/** Pages by keyset: a cursor shows what its row was sorted by, so that must be short and for everybody to see. */
export function checkCursors({ entities }: ServiceSpec, context: SpecContext): void {
  for (const entity of entities.filter(({ pagination }) => pagination === 'keyset')) {
    checkSecrets(entity, context);
    checkLength(entity, context);
    checkNames(entity, context);
  }
}

function checkSecrets(entity: EntitySpec, context: SpecContext): void {
  entity.order.forEach(({ column }, index) => {
    const field = entity.fields.find(({ name }) => name === column);
    if (field === undefined || (!field.hidden && field.visible === undefined)) return;
    context.report({
      at: entityPath(entity.name, 'api', 'order', index),
      code: 'leaks-hidden-field',
      message: `"${column}" ${field.hidden ? 'is hidden' : 'is not shown to everybody'}, but the cursors of keyset pages would show it.`,
      mend: 'order by another field, or use "pagination: offset"',
    });
  });
}

function checkLength(entity: EntitySpec, context: SpecContext): void {
  const sorted = entity.fields.filter(({ name, sort }) => sort || entity.order.some(({ column }) => column === name));
  const length = sorted.reduce((sum, field) => sum + textLength(field), 0);
  if (length <= longestTexts) return;
  const own = entityPath(entity.name, 'api', 'pagination');
  context.report({
    at: context.isWritten(own) ? own : ['defaults', 'pagination'],
    code: 'out-of-range',
    message: `the texts that ${entity.name} is sorted by have up to ${length} characters, too many for a cursor in a URL.`,
    mend: `sort by shorter texts (${longestTexts} characters in all), or use "pagination: offset" for it`,
  });
}

/** Members of the query and of the cursor that are there already. */
function checkNames(entity: EntitySpec, context: SpecContext): void {
  for (const { name } of entity.fields.filter((field) => ['cursor', 'sorted_by'].includes(field.name))) {
    context.report({
      at: entityPath(entity.name, 'fields', name),
      on: 'key',
      code: 'reserved-name',
      message: `"${name}" already means something in keyset pages.`,
      mend: 'give the field another name, or use "pagination: offset"',
    });
  }
}

function textLength({ type }: FieldSpec): number {
  switch (type.kind) {
    case 'string':
    case 'text':
      return type.maxLength;
    case 'email':
      return 254;
    case 'url':
      return 2083;
    case 'slug':
      return 100;
    default:
      return 0;
  }
}
