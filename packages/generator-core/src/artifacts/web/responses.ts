import { pythonLongString } from '../python/python-text';

/** `responses=` of a route: the statuses sorted, each once; `created` adds the Location header to 201, `tagged` the ETag to 200. */
export function responsesOf({
  statuses,
  descriptions = [],
  created = false,
  tagged = false,
  conditional = false,
}: {
  readonly statuses: readonly number[];
  readonly descriptions?: readonly { readonly status: number; readonly description: string }[];
  readonly created?: boolean;
  /** The answer has an ETag. */
  readonly tagged?: boolean;
  /** The answer may be 304. */
  readonly conditional?: boolean;
}): string {
  const sorted = [...new Set(statuses)].sort((a, b) => a - b);
  const described = descriptions.map(({ status, description }) => `${status}: ${pythonLongString(description, 60)}`);
  const describe = described.length > 0 ? [`describe={${described.join(', ')}}`] : [];
  const problems = `problems(${[...sorted.map(String), ...describe].join(', ')})`;
  return [...(created ? ['CREATED'] : []), ...(tagged ? ['TAGGED'] : []), ...(conditional ? ['NOT_MODIFIED'] : []), problems].join(' | ');
}

/** Statuses of every route that reads a body: not readable, too long. */
export const bodyStatuses: readonly number[] = [400, 413];
