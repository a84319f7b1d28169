import type { Inclusion } from './service-model';

/** Names by which values note what they read of the wiring. */
export function ownerKey(id: string): string {
  return `owner\0${id}`;
}

export function routeKey(id: string): string {
  return `route\0${id}`;
}

export function inclusionKey({ path, call }: Inclusion): string {
  return `inclusion\0${path}@${call.span.start}`;
}

/** Read by whoever looks at the inclusions of one owner in others. */
export function intoKey(child: string): string {
  return `into\0${child}`;
}

/** Read by whoever looks at the ways that lead to an owner. */
export function reachKey(owner: string): string {
  return `ways to\0${owner}`;
}

/** Read by whoever looks at the paths under which a route is reached. */
export function waysKey(route: string): string {
  return `ways\0${route}`;
}
