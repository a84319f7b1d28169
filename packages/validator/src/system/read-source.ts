import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeSource, type DecodedSource } from '../python/decode-source';
import type { ListedFile } from './list-project-files';
import { reasonOf } from './unreadable';

export type SourceFile =
  /** `digest`: of what was read, for caches. */
  | { readonly kind: 'text'; readonly text: string; readonly digest: string }
  | { readonly kind: 'fault'; readonly reason: string; readonly certain: boolean; readonly digest: string }
  /** The system did not give it; may be otherwise next time, with nothing changed. */
  | { readonly kind: 'withheld'; readonly reason: string };

/** Larger files are data with the name of a program; CPython would take them, we would not come back soon. */
const MOST_BYTES = 10 * 1024 * 1024;

/** Reads a listed file of the project at `root`. */
export function readSource(root: string, { path, kind, size }: ListedFile): SourceFile {
  if (kind === 'compiled') return { kind: 'text', text: '', digest: '' };
  if (size > MOST_BYTES) return tooLarge(size);
  let bytes: Buffer;
  try {
    bytes = readFileSync(join(root, path));
  } catch (error) {
    return { kind: 'withheld', reason: reasonOf(error) };
  }
  if (bytes.length > MOST_BYTES) return tooLarge(bytes.length);
  const decoded = kind === 'python' ? decodeSource(bytes) : decodeManifest(bytes);
  return decoded.kind === 'fault'
    ? { ...decoded, digest: digestOf(`fault ${decoded.reason}`) }
    : { kind: 'text', text: decoded.text, digest: decoded.encoding === 'utf-8' ? digestOf(withoutMark(bytes)) : digestOf(decoded.text) };
}

/** SHA-256 of a text, or of its UTF-8 bytes, in base64: the fastest of the hashes here, for processors have it built in. */
export function digestOf(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('base64');
}

function tooLarge(size: number): SourceFile {
  const megabytes = Math.floor(size / (1024 * 1024));
  const reason = `it has ${megabytes} MB, and what is above 10 MB is not checked. Keep data out of Python files, or split it`;
  return { kind: 'fault', reason, certain: false, digest: digestOf(reason) };
}

function decodeManifest(bytes: Uint8Array): DecodedSource {
  try {
    return { kind: 'text', text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'utf-8' };
  } catch {
    return { kind: 'fault', reason: 'it is not UTF-8 text. Save it as UTF-8', certain: true };
  }
}

function withoutMark(bytes: Uint8Array): Uint8Array {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}
