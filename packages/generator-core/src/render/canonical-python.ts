import { PositionEncoding, Workspace } from '@astral-sh/ruff-wasm-nodejs';
import { nestsTooDeeply } from '@org/validator';
import { ruffOptions } from './ruff-options';

/**
 * Python text without what a formatter decides, trailing commas that keep a list on several lines among it: two texts that differ
 * in that alone are the same here. Text that does not parse, or nests deeper than Python reads, comes back as it is.
 */
export function canonicalPython(text: string): string {
  if (nestsTooDeeply(text)) return text;
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
