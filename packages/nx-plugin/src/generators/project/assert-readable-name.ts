import { UserError } from '../../errors/user-error';
import { readServiceName } from '../../plugins/read-service-name';
import type { Spec } from './read-spec';

/** Nx finds the project by the line `service: …`; a spec that says it in another way of YAML would make a service without targets. */
export function assertReadableName(spec: Spec, service: string): void {
  if (readServiceName(spec.text) === service) return;
  throw new UserError(
    `${spec.path} names the service in a way that Nx's project graph does not read. Write it on a line of its own, at the start of the line: service: ${service}`,
  );
}
