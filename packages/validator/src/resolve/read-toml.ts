import { parse, TomlError } from 'smol-toml';
import type { TomlTable } from './toml-table';

/** Why a manifest could not be read, and where. */
export interface ManifestFault {
  readonly path: string;
  readonly message: string;
  readonly line: number;
  readonly column: number;
}

export type TomlOutcome = { readonly kind: 'table'; readonly table: TomlTable } | { readonly kind: 'fault'; readonly fault: ManifestFault };

/** Reads one TOML text; a text that is none is an expected outcome. */
export function readToml(path: string, text: string): TomlOutcome {
  try {
    return { kind: 'table', table: parse(text) };
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const message = error.message.split('\n', 1)[0]!.replace(/^Invalid TOML document: /, '');
    return { kind: 'fault', fault: { path, message, line: error.line, column: error.column } };
  }
}
