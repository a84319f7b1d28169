import type { ServiceSpec } from '../../spec/service-spec';
import type { Viewer } from './viewers';

/** Who is not the row's, with the greatest role. */
export function otherViewer(spec: ServiceSpec): Viewer {
  const role = spec.auth?.roles.at(-1);
  return { kind: 'stranger', ...(role !== undefined && { role }) };
}
