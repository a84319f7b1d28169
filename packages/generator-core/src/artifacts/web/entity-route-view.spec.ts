import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseServiceSpec } from '../../spec/parse-service-spec';
import { entityNamed } from '../python/spec-lookup';
import { entityRouteView, repositoryDependencies } from './entity-route-view';

const reading = parseServiceSpec(readFileSync(join(__dirname, '..', '..', '..', '..', '..', 'examples', 'bookstore.yaml'), 'utf8'));
if (reading.kind !== 'read') throw new Error('the bookstore cannot be read');
const { spec } = reading;

function routesOf(name: string) {
  const entity = entityNamed(spec, name);
  const verbs = ['list', 'create', 'read', 'update', 'delete'] as const;
  return Object.fromEntries(verbs.map((verb) => [verb, entityRouteView({ spec, entity, verb })]));
}

test('public reads with a field that staff alone see, writes by staff', () => {
  const reads = { repository: 'PublicBookRepositoryDep', viewer: 'OptionalViewer', optionalToken: true, openapiExtra: 'OPTIONAL_TOKEN' };
  const writes = {
    repository: 'BookRepositoryDep',
    dependencies: 'Depends(require_role(Role.STAFF))',
    optionalToken: false,
  };
  expect(routesOf('Book')).toEqual({
    list: { ...reads, responses: 'problems(401, 422)' },
    create: { ...writes, viewer: 'CurrentViewer', responses: 'CREATED | problems(400, 401, 403, 409, 413, 422)' },
    read: { ...reads, responses: 'problems(401, 404, 422)' },
    update: { ...writes, viewer: 'CurrentViewer', responses: 'problems(400, 401, 403, 404, 409, 413, 422)' },
    delete: { ...writes, responses: 'problems(401, 403, 404, 409, 422)' },
  });
  expect(repositoryDependencies(spec, entityNamed(spec, 'Book'))).toEqual([
    { function: 'get_public_book_repository', alias: 'PublicBookRepositoryDep', viewer: 'OptionalViewer' },
    { function: 'get_book_repository', alias: 'BookRepositoryDep', viewer: 'CurrentViewer' },
  ]);
});

test('rows of an owner: no role is asked for, the repository knows whose they are', () => {
  const route = { repository: 'OrderRepositoryDep', optionalToken: false };
  expect(routesOf('Order')).toEqual({
    list: { ...route, responses: 'problems(401, 422)' },
    create: { ...route, responses: 'CREATED | problems(400, 401, 409, 413, 422)' },
    read: { ...route, responses: 'problems(401, 404, 422)' },
    update: undefined,
    delete: undefined,
  });
});

test('public reads that are the same for all ask nobody who they are', () => {
  expect(repositoryDependencies(spec, entityNamed(spec, 'Author'))).toEqual([
    { function: 'get_public_author_repository', alias: 'PublicAuthorRepositoryDep' },
    { function: 'get_author_repository', alias: 'AuthorRepositoryDep', viewer: 'CurrentViewer' },
  ]);
});

test('an entity without access lines has no routes', () => {
  expect(routesOf('OrderItem')).toEqual({ list: undefined, create: undefined, read: undefined, update: undefined, delete: undefined });
});
