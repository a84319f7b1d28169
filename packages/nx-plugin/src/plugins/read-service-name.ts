/** `service: shop`, with or without quotes and a comment, at the start of a line: the key stands at the top of the spec. */
const serviceLine = /^service:[ \t]+(["']?)([a-z][a-z0-9_-]*)\1[ \t]*(?:#.*)?\r?$/m;

/**
 * The name of the service that a `service.yaml` describes; undefined when the file is not a spec of ours.
 * Read without a YAML parser: Nx asks on every command, and a spec with faults elsewhere still is a project.
 */
export function readServiceName(text: string): string | undefined {
  return serviceLine.exec(text)?.[2];
}
