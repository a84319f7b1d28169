import { isEqual } from '../algorithms/is-equal';
import type { CallableShape, ClassField, FunctionShape } from '../extract/callable';

/** Whether the same calls fit both, whatever their definitions look like and in which lines they stand. */
export function isCalledAlike(left: CallableShape | undefined, right: CallableShape | undefined): boolean {
  if (left === undefined || right === undefined) return left === right;
  if (left.kind === 'function') return right.kind === 'function' && isSameFunction(left, right);
  if (right.kind === 'function') return false;
  const methods = Object.keys(left.methods);
  return (
    left.isDataclass === right.isDataclass &&
    left.mayFillFields === right.mayFillFields &&
    isEqual(left.bases, right.bases) &&
    isEqual(left.fields.map(withoutText), right.fields.map(withoutText)) &&
    isSameConstructor(left.constructorShape, right.constructorShape) &&
    methods.length === Object.keys(right.methods).length &&
    methods.every((name) => Object.hasOwn(right.methods, name) && isSameFunction(left.methods[name]!, right.methods[name]!))
  );
}

function isSameConstructor(left: FunctionShape | undefined, right: FunctionShape | undefined): boolean {
  return left === undefined || right === undefined ? left === right : isSameFunction(left, right);
}

function isSameFunction({ parameters }: FunctionShape, other: FunctionShape): boolean {
  return (
    parameters.length === other.parameters.length &&
    parameters.every(({ name, kind, isRequired }, index) => {
      const beside = other.parameters[index]!;
      return name === beside.name && kind === beside.kind && isRequired === beside.isRequired;
    })
  );
}

function withoutText({ name, hasDefault, isLenient, isKeywordOnly }: ClassField): unknown {
  return [name, hasDefault, isLenient, isKeywordOnly];
}
