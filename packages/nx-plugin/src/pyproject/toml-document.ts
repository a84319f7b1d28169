import { getStaticTOMLValue, ParseError, parseTOML, type AST } from 'toml-eslint-parser';

/** A table of a TOML file, nothing known of its values yet. */
export type TomlTable = Readonly<Record<string, unknown>>;

/** A TOML text with what it says and where it says it. */
export interface TomlDocument {
  readonly text: string;
  readonly value: TomlTable;
  readonly program: AST.TOMLProgram;
}

export type TomlReading = { readonly kind: 'read'; readonly document: TomlDocument } | { readonly kind: 'fault'; readonly fault: string };

/** Reads one TOML text; a text that is none is an expected outcome. */
export function readTomlDocument(text: string): TomlReading {
  try {
    const program = parseTOML(text, { tomlVersion: '1.0' });
    return { kind: 'read', document: { text, program, value: getStaticTOMLValue(program) } };
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    return { kind: 'fault', fault: `line ${error.lineNumber}: ${error.message}` };
  }
}

/** What stands at the end of these keys; undefined when there is nothing. */
export function valueAt(table: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((value, key) => (isTable(value) ? value[key] : undefined), table);
}

/** The table at the end of these keys; an empty one when there is none. */
export function tableAt(table: unknown, ...path: readonly string[]): TomlTable {
  const value = valueAt(table, ...path);
  return isTable(value) ? value : {};
}

/** The text at the end of these keys; undefined when there is none. */
export function stringAt(table: unknown, ...path: readonly string[]): string | undefined {
  const value = valueAt(table, ...path);
  return typeof value === 'string' ? value : undefined;
}

/** The strings of the list at the end of these keys; none when there is no list. */
export function stringsAt(table: unknown, ...path: readonly string[]): readonly string[] {
  const value = valueAt(table, ...path);
  return Array.isArray(value) ? value.filter((entry): entry is string => typeof entry === 'string') : [];
}

function isTable(value: unknown): value is TomlTable {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}
