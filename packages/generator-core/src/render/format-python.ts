import { PositionEncoding, Workspace, type Diagnostic } from '@astral-sh/ruff-wasm-nodejs';
import { nestsTooDeeply } from '@org/validator';
import { ruffOptions } from './ruff-options';

/**
 * Python text as `ruff` writes it: imports that nothing uses are dropped, the rest sorted, the whole formatted.
 * So a template may import all that any spec could need. Text that does not parse, or nests deeper than Python reads, comes back as it is: the syntax gate reports it.
 * Same text, same bytes.
 */
export function formatPython(text: string, { dropsUnusedImports = true }: { readonly dropsUnusedImports?: boolean } = {}): string {
  if (nestsTooDeeply(text)) return text;
  const ruff = loadRuff();
  try {
    ruff.format(text);
  } catch {
    return text;
  }
  return ruff.format(applyImportFixes(ruff, text, dropsUnusedImports));
}

let loaded: Workspace | undefined;

function loadRuff(): Workspace {
  loaded ??= new Workspace(
    {
      'line-length': ruffOptions.lineLength,
      'target-version': ruffOptions.targetVersion,
      lint: { select: ['F401', 'I001'], isort: { 'known-first-party': [...ruffOptions.firstParty] } },
    },
    PositionEncoding.Utf16,
  );
  return loaded;
}

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Ruff offers one edit per unused name, and those of one statement overlap: apply what does not, ask again, until it is content. */
function applyImportFixes(ruff: Workspace, text: string, dropsUnused: boolean): string {
  let current = text;
  for (;;) {
    const edits = withoutOverlaps(importEdits(ruff, current, dropsUnused));
    if (edits.length === 0) return current;
    const next = applyEdits(current, edits);
    if (next === current) return current;
    current = next;
  }
}

function importEdits(ruff: Workspace, text: string, dropsUnused: boolean): readonly Edit[] {
  const diagnostics = ruff.check(text) as Diagnostic[];
  const unused = dropsUnused ? diagnostics.filter((diagnostic) => diagnostic.code === 'F401') : [];
  const relevant = unused.length > 0 ? unused : diagnostics.filter((diagnostic) => diagnostic.code === 'I001');
  const offsets = lineOffsets(text);
  const offsetOf = (place: { row: number; column: number }) => (offsets[place.row - 1] ?? text.length) + place.column - 1;
  return relevant.flatMap((diagnostic) =>
    (diagnostic.fix?.edits ?? []).map((edit) => ({
      start: offsetOf(edit.location),
      end: offsetOf(edit.end_location),
      text: edit.content ?? '',
    })),
  );
}

function lineOffsets(text: string): readonly number[] {
  const offsets = [0];
  for (let index = text.indexOf('\n'); index !== -1; index = text.indexOf('\n', index + 1)) offsets.push(index + 1);
  return offsets;
}

function withoutOverlaps(edits: readonly Edit[]): readonly Edit[] {
  const kept: Edit[] = [];
  for (const edit of [...edits].sort((a, b) => a.start - b.start || a.end - b.end)) {
    if (edit.start >= (kept.at(-1)?.end ?? 0)) kept.push(edit);
  }
  return kept;
}

/** Edits are sorted and do not overlap. */
function applyEdits(text: string, edits: readonly Edit[]): string {
  let result = '';
  let position = 0;
  for (const edit of edits) {
    result += text.slice(position, edit.start) + edit.text;
    position = edit.end;
  }
  return result + text.slice(position);
}
