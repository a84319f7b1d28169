import type { ReportFault } from './report-fault';
import type { SpecDocument } from './spec-document';
import type { SpecPath } from './spec-path';
import type { EnumSpec } from './service-spec';

/** What every reader of a part of the spec needs: the whole document, its names, and where to report. */
export interface SpecContext {
  readonly document: SpecDocument;
  readonly report: ReportFault;
  readonly enums: ReadonlyMap<string, EnumSpec>;
  readonly structs: ReadonlySet<string>;
  readonly entities: ReadonlySet<string>;
  /** Whether the file has something at this place, even if it was faulty and taken out: what refers to it is no second fault. */
  readonly isWritten: (path: SpecPath) => boolean;
  /** Roles of `auth`. */
  readonly roles: ReadonlySet<string>;
  /** Roles of `tenancy`. */
  readonly tenantRoles: ReadonlySet<string>;
}

export function entityPath(entity: string, ...rest: SpecPath): SpecPath {
  return ['entities', entity, ...rest];
}
