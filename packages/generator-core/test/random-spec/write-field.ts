import type { FieldDraft } from './draft';
import type { Random } from './random';

/** The short form or the object form; only the latter can say some things. */
export function writeField(random: Random, field: FieldDraft): string | Readonly<Record<string, unknown>> {
  const type = `${field.type}${field.nullable ? '?' : ''}`;
  const isShort =
    field.description === undefined &&
    field.example === undefined &&
    (field.visible === undefined || field.visible.length === 1) &&
    !/\s/.test(field.pattern ?? '') &&
    !(typeof field.default === 'string' && /["\s]/.test(field.default));
  return isShort && random.chance(0.75) ? shortField(random, type, field) : objectField(random, type, field);
}

function shortField(random: Random, type: string, field: FieldDraft): string {
  const modifiers = [
    ...field.flags,
    ...(field.min === undefined ? [] : [`min=${field.min}`]),
    ...(field.max === undefined ? [] : [`max=${field.max}`]),
    ...(field.pattern === undefined ? [] : [`pattern=${field.pattern}`]),
    ...(field.schema === undefined ? [] : [`schema=${field.schema}`]),
    ...(field.visible === undefined ? [] : [`visible=${String(field.visible[0])}`]),
    ...(field.default === undefined ? [] : [`= ${defaultText(random, field.default)}`]),
  ];
  return [type, ...random.shuffled(modifiers)].join(' ');
}

function defaultText(random: Random, value: string | number | boolean): string {
  return typeof value === 'string' && (value === '' || random.chance(0.3)) ? `"${value}"` : String(value);
}

function objectField(random: Random, type: string, field: FieldDraft): Readonly<Record<string, unknown>> {
  const saysNull = field.nullable && random.chance(0.5);
  // A number in YAML loses digits past 2^53, so that wide limits stand in the type's text.
  const isExact = (limit: string | undefined): boolean => limit === undefined || Number.isSafeInteger(Number(limit)) || limit.includes('.');
  const limits = { min: field.min, max: field.max };
  const inType = Object.entries(limits).flatMap(([key, limit]) => (isExact(limit) ? [] : [`${key}=${String(limit)}`]));
  return {
    type: [saysNull ? field.type : type, ...inType, ...(field.schema === undefined ? [] : [`schema=${field.schema}`])].join(' '),
    ...(saysNull && { nullable: true }),
    ...Object.fromEntries(field.flags.map((flag) => [flag, true])),
    ...Object.fromEntries(
      Object.entries(limits).flatMap(([key, limit]) => (limit === undefined || !isExact(limit) ? [] : [[key, Number(limit)]])),
    ),
    ...(field.pattern !== undefined && { pattern: field.pattern }),
    ...(field.visible && { visible: field.visible.length === 1 && random.chance(0.5) ? field.visible[0] : field.visible }),
    ...(field.default !== undefined && { default: field.default }),
    ...(field.description !== undefined && { description: field.description }),
    ...(field.example !== undefined && { example: field.example }),
  };
}
