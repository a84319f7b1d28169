import type { Diagnostic } from '@org/validator';
import { parse as parseToml, TomlError } from 'smol-toml';
import { parseDocument } from 'yaml';
import { diagnosticAt } from './diagnostic-at';

/** What stands against a file of TOML, YAML or JSON: it must be that. Nothing against others. */
export function dataFaults(path: string, text: string): readonly Diagnostic[] {
  if (path.endsWith('.toml')) return tomlFaults(path, text);
  if (/\.ya?ml$/.test(path)) return yamlFaults(path, text);
  return path.endsWith('.json') ? jsonFaults(path, text) : [];
}

function tomlFaults(path: string, text: string): readonly Diagnostic[] {
  try {
    parseToml(text);
    return [];
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    return [diagnosticAt(path, error.line, 'syntax-error', `${path} is not TOML: ${error.message.split('\n')[0] ?? ''}`)];
  }
}

function yamlFaults(path: string, text: string): readonly Diagnostic[] {
  return parseDocument(text).errors.map((error) =>
    diagnosticAt(path, error.linePos?.[0].line ?? 1, 'syntax-error', `${path} is not YAML: ${error.message.split('\n')[0] ?? ''}`),
  );
}

function jsonFaults(path: string, text: string): readonly Diagnostic[] {
  try {
    JSON.parse(text);
    return [];
  } catch (error) {
    return [diagnosticAt(path, 1, 'syntax-error', `${path} is not JSON: ${error instanceof Error ? error.message : String(error)}`)];
  }
}
