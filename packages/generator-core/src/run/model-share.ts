import type { Artifact } from '../plan/artifact';

export const modelShares = ['operations', 'all'] as const;
/** What the model writes: the functions of operations, or every Python file of the service. */
export type ModelShare = (typeof modelShares)[number];

/** Packages' own files hold nothing but names of others, and the mark of unwritten functions is ours: their templates write them. */
export function isModels({ path, role }: Artifact, share: ModelShare): boolean {
  if (role === 'operation-service') return true;
  return share === 'all' && role !== 'unimplemented' && path.startsWith('app/') && path.endsWith('.py') && !path.endsWith('__init__.py');
}
