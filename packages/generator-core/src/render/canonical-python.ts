import { PositionEncoding, Workspace } from '@astral-sh/ruff-wasm-nodejs';
import { ruffOptions } from './ruff-options';

/**
 * Python text without what a formatter decides, trailing commas that keep a list on several lines among it: two texts that differ
 * in that alone are the same here. Text that does not parse comes back as it is.
 */
export function canonicalPython(text: string): string {
  loaded ??= new Workspace(
    {
      'line-length': ruffOptions.lineLength,
      'target-version': ruffOptions.targetVersion,
      format: { 'skip-magic-trailing-comma': true },
    },
    PositionEncoding.Utf16,
  );
  try {
    return loaded.format(text);
  } catch {
    return text;
  }
}

let loaded: Workspace | undefined;
