import { reservedPaths } from './reserved-names';
import type { EntitySpec, ServiceSpec, Verb } from './service-spec';
import type { SpecContext } from './spec-context';

const verbRoutes: Readonly<Record<Verb, { readonly method: string; readonly ofRow: boolean }>> = {
  list: { method: 'GET', ofRow: false },
  read: { method: 'GET', ofRow: true },
  create: { method: 'POST', ofRow: false },
  update: { method: 'PATCH', ofRow: true },
  replace: { method: 'PUT', ofRow: true },
  delete: { method: 'DELETE', ofRow: true },
};

/** Two routes that a request could not tell apart. */
export function checkRoutes({ entities, operations }: ServiceSpec, context: SpecContext): void {
  const routes = new Map(entities.flatMap(entityRoutes));
  for (const { name, method, path } of operations) {
    const at = ['operations', name, 'route'];
    const offset = method.length + 1;
    const key = routeKey(method, path);
    const other = routes.get(key);
    if (other !== undefined)
      context.report({
        at,
        offset,
        code: 'clashing-route',
        message: `${method} ${path} is already the route of ${other}.`,
        mend: 'give the operation another path or method',
      });
    else routes.set(key, `the operation ${name}`);
    const reason = reservedPaths.get(path.match(/^\/[^/]*/)?.[0] ?? '');
    if (reason !== undefined)
      context.report({ at, offset, code: 'clashing-route', message: `"${path}" ${reason}.`, mend: 'give the operation another path' });
  }
}

function entityRoutes({ name, path, access }: EntitySpec): readonly (readonly [string, string])[] {
  return (Object.keys(access) as Verb[]).map((verb) => {
    const { method, ofRow } = verbRoutes[verb];
    return [routeKey(method, ofRow ? `${path}/{id}` : path), `"${verb}" of ${name}`] as const;
  });
}

/** The names of path parameters do not tell routes apart. */
function routeKey(method: string, path: string): string {
  return `${method} ${path.replace(/\{[^}]*\}/g, '{}')}`;
}
