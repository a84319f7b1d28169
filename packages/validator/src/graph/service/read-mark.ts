import type { CallExpression, Expression } from '../../extract/service/expression';
import type { DefinitionIndex } from './definition-index';
import { sourceOf } from './source-of';

/** Where `Query()` and its like take a value from, or `Depends`. */
export interface Mark {
  readonly kind: 'Path' | 'Query' | 'Header' | 'Cookie' | 'Body' | 'Form' | 'File' | 'Depends';
  readonly path: string;
  readonly call: CallExpression;
}

const NAMES = /^fastapi\.(?:params\.|param_functions\.)?(?:(Path|Query|Header|Cookie|Body|Form|File|Depends)|Security)$/;

/** A call of one of FastAPI's own parameter functions; undefined for any other call. */
export function readMark(path: string, call: CallExpression, index: DefinitionIndex): Mark | undefined {
  const match = NAMES.exec(index.externalName(path, call.callee) ?? '');
  return match === null ? undefined : { kind: (match[1] ?? 'Depends') as Mark['kind'], path, call };
}

/** The default a mark gives; undefined when it gives none, or `...`, or when that cannot be told. */
export function defaultOf({ path, call }: Mark, index: DefinitionIndex): Expression | undefined {
  const value = call.positional[0] ?? call.keywords['default'];
  return value !== undefined && !call.hasSplat && isLiteral(path, value, index) ? value : undefined;
}

/** A value for certain, and not `...`. */
export function isLiteral(path: string, value: Expression, index: DefinitionIndex): boolean {
  if (value.kind === 'none' || value.kind === 'text' || value.kind === 'sequence') return true;
  return value.kind === 'other' && /^(-?\d[\d.]*|True|False)$/.test(sourceOf(index, path, value));
}
