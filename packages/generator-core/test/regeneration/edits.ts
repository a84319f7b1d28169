import { PositionEncoding, Workspace } from '@astral-sh/ruff-wasm-nodejs';
import type { Files } from './changes';

interface Target {
  readonly path: string;
  /** The first line that this run's text has otherwise than the last one's. */
  readonly changedLine: number;
}

const comment = '\n\n# mine\n';

function edited(files: Files, { path }: Target, edit: (text: string) => string): Files {
  return { ...files, [path]: edit(files[path]!) };
}

function without(files: Files, path: string): Files {
  return Object.fromEntries(Object.entries(files).filter(([each]) => each !== path));
}

function formatted(text: string, lineLength: number): string {
  return new Workspace({ 'line-length': lineLength, format: { 'quote-style': 'single' } }, PositionEncoding.Utf16).format(text);
}

export function appendComment(text: string): string {
  return text + comment;
}

/** What the user does between two runs. */
export const edits = {
  untouched: (files: Files) => files,
  'edited elsewhere': (files: Files, target: Target) => edited(files, target, appendComment),
  'edited same lines': (files: Files, target: Target) =>
    edited(files, target, (text) =>
      text
        .split('\n')
        .map((line, index) => (index === target.changedLine ? `${line}  # mine` : line))
        .join('\n'),
    ),
  deleted: (files: Files, { path }: Target) => without(files, path),
  moved: (files: Files, { path }: Target) => ({ ...without(files, path), [movedPath(path)]: files[path]! }),
  'formatted for 60': (files: Files, target: Target) => edited(files, target, (text) => formatted(text, 60)),
  'formatted for 120': (files: Files, target: Target) => edited(files, target, (text) => formatted(text, 120)),
  CRLF: (files: Files, target: Target) => edited(files, target, (text) => text.replaceAll('\n', '\r\n')),
} as const;
export type Edit = keyof typeof edits;

export function movedPath(path: string): string {
  return path.replace(/([^/]+)$/, 'my_$1');
}
