import type { TracingApi } from '@org/generator-core';
import { importFromWorkspace } from '../../adapters/import-from-workspace';

/** OpenTelemetry, where the workspace has it; without an SDK that is set up its spans cost nothing and go nowhere. */
export async function openTracing(workspaceRoot: string): Promise<TracingApi | undefined> {
  const api = await importFromWorkspace(workspaceRoot, '@opentelemetry/api');
  return api !== undefined && 'trace' in api && 'context' in api ? (api as unknown as TracingApi) : undefined;
}
