import { compareDecimals, fitsDecimal, isDecimalText } from './decimal-text';
import { modifierPlace } from './modifier-place';
import { patternProblem } from './pattern-problem';
import type { FieldSpec } from './service-spec';
import type { SpecContext } from './spec-context';
import type { SpecPath } from './spec-path';

interface FieldCheck {
  readonly field: FieldSpec;
  readonly at: SpecPath;
  readonly context: SpecContext;
}

/** What holds for any field, be it a column, a part of a structure or an input: limits and patterns that fit the type. */
export function checkFieldRules(check: FieldCheck): void {
  checkLimit(check, 'min');
  checkLimit(check, 'max');
  checkLimitOrder(check);
  checkPattern(check);
}

const integerLimits = { int: 31n, bigint: 63n } as const;

function checkLimit({ field, at, context }: FieldCheck, key: 'min' | 'max'): void {
  const limit = field[key];
  if (limit === undefined) return;
  const place = modifierPlace({ at, modifier: key, context });
  const { type } = field;
  switch (type.kind) {
    case 'int':
    case 'bigint': {
      const bits = integerLimits[type.kind];
      if (!/^[+-]?\d{1,30}$/.test(limit))
        context.report({
          ...place,
          code: 'bad-limit',
          message: `"${limit}" is not a whole number, as ${type.kind} needs.`,
          mend: `write one like ${key}=0`,
        });
      else if (BigInt(limit) < -(2n ** bits) || BigInt(limit) >= 2n ** bits)
        context.report({
          ...place,
          code: 'bad-limit',
          message: `"${limit}" is beyond the ${bits + 1n} bits of ${type.kind}.`,
          mend: type.kind === 'int' ? 'use bigint or a nearer limit' : 'use a nearer limit',
        });
      return;
    }
    case 'float':
    case 'decimal':
      if (!isDecimalText(limit))
        context.report({ ...place, code: 'bad-limit', message: `"${limit}" is not a number.`, mend: `write one like ${key}=0.5` });
      else if (type.kind === 'decimal' && !fitsDecimal(limit, type))
        context.report({
          ...place,
          code: 'bad-limit',
          message: `"${limit}" does not fit decimal(${type.precision},${type.scale}).`,
          mend: 'use fewer digits or a wider decimal',
        });
      return;
    default:
      context.report({
        ...place,
        code: 'misplaced-modifier',
        message: `"${key}" means nothing for the type ${type.kind}.`,
        mend: type.kind === 'string' || type.kind === 'text' ? 'limit the length in the type: string(1..200)' : 'remove it',
      });
  }
}

function checkLimitOrder({ field, at, context }: FieldCheck): void {
  const { min, max, type } = field;
  if (min === undefined || max === undefined || !isDecimalText(min) || !isDecimalText(max)) return;
  if (!['int', 'bigint', 'float', 'decimal'].includes(type.kind) || compareDecimals(min, max) <= 0) return;
  context.report({
    ...modifierPlace({ at, modifier: 'min', context }),
    code: 'min-over-max',
    message: `the least value ${min} is over the greatest value ${max}.`,
    mend: 'swap the two',
  });
}

function checkPattern({ field, at, context }: FieldCheck): void {
  if (field.pattern === undefined) return;
  const place = modifierPlace({ at, modifier: 'pattern', context });
  if (field.type.kind !== 'string' && field.type.kind !== 'text') {
    context.report({
      ...place,
      code: 'misplaced-modifier',
      message: `"pattern" means nothing for the type ${field.type.kind}.`,
      mend: 'remove it or use string',
    });
    return;
  }
  const problem = patternProblem(field.pattern);
  if (problem !== undefined) context.report({ ...place, code: 'bad-pattern', message: `the pattern ${problem.why}.`, mend: problem.mend });
}
