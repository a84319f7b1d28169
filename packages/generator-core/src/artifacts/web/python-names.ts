import { reservedModules } from '../../spec/reserved-names';
import type { EntitySpec, OperationSpec, PathParameterSpec } from '../../spec/service-spec';

/** Names that routes and service functions use for themselves; a row gets another one. */
const taken = new Set([
  'app',
  'answer',
  'data',
  'dt',
  'if_match',
  'item',
  'items',
  'query',
  'response',
  'result',
  'router',
  'session',
  'status',
  'total',
  'viewer',
]);

/** Name of a variable for one row: `book`, and `data_row` where the plain name is taken. */
export function rowName(name: string): string {
  return taken.has(name) ? `${name}_row` : name;
}

/** Name of a parameter for the repository: `books`. */
export function rowsName(entity: EntitySpec): string {
  return taken.has(entity.plural) || reservedModules.has(entity.plural) || entity.plural === entity.module
    ? `${entity.plural}_rows`
    : entity.plural;
}

/** Type of a path parameter that holds an id. */
export function idParameterType(entity: EntitySpec): string {
  return entity.id === 'int' ? 'Annotated[int, Path(ge=1, le=2**63 - 1)]' : 'UUID';
}

/** Name of the row that a path parameter speaks of: `order` for `order_id`. */
export function subjectName(parameter: PathParameterSpec, operation: OperationSpec): string {
  const name = parameter.name.replace(/_id$/, '');
  const others = operation.pathParameters.filter((other) => other !== parameter).map((other) => other.name);
  return name === parameter.name || name === '' || others.includes(name) ? `${parameter.name}_row` : rowName(name);
}

/** `an order item` */
export function withArticle(label: string): string {
  return `${/^[aeio]/i.test(label) ? 'an' : 'a'} ${label}`;
}
