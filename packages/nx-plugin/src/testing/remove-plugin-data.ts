import { rmSync } from 'node:fs';
import type { TestProject } from 'vitest/node';

/** Vitest calls it once for the whole run; what it returns is called at the end. */
export default function removePluginData(project: TestProject): () => void {
  return () => rmSync(project.config.env['NX_WORKSPACE_DATA_DIRECTORY'] ?? '', { recursive: true, force: true });
}
