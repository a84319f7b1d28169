import type { EntitySpec, OperationSpec, ServiceSpec } from '../../spec/service-spec';

/** `/books/best-sellers` would be taken for a book if `/books/{book_id}` stood before it. */
export function couldBeAnId(operation: OperationSpec, entity: EntitySpec): boolean {
  return /^\/[^/{}]+$/.test(operation.path.slice(entity.path.length));
}

/** Whether a path of an operation could be taken for that of a row: then the row's path says what an id looks like. */
export function hasStaticSiblings(spec: ServiceSpec, entity: EntitySpec): boolean {
  return spec.operations.some((operation) => operation.entity === entity.name && couldBeAnId(operation, entity));
}
