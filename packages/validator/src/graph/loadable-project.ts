import type { ModuleSummary } from '../extract/module-summary';
import type { ImportResolver } from '../resolve/import-resolver';
import type { LinkedModule } from './linked-module';

/** Files with their facts and links. */
export interface LoadableProject {
  readonly summaries: ReadonlyMap<string, ModuleSummary>;
  readonly links: ReadonlyMap<string, LinkedModule>;
  readonly resolver: ImportResolver;
}
