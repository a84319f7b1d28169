import type { SymbolKind } from '../extract/module-summary';

export interface SurfaceSymbol {
  readonly name: string;
  readonly kind: SymbolKind;
  /** Python text without bodies; several lines for a class. */
  readonly signature: string;
}

/** What other modules may use of a file. Same text, same bytes. */
export interface ModuleSurface {
  readonly path: string;
  readonly module: string | undefined;
  /** Sorted by name. */
  readonly exports: readonly SurfaceSymbol[];
}
