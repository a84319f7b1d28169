import type { Tree } from '@nx/devkit';
import { readSpecFile, type SpecFileReading } from '../../adapters/read-spec-file';
import { UserError } from '../../errors/user-error';

export interface Spec {
  /** As it is shown to the user. */
  readonly path: string;
  /** Without `mark`: YAML parsers stumble over one. */
  readonly text: string;
  /** The byte order mark that the file begins with, else nothing. */
  readonly mark: string;
  /** As they were read. */
  readonly bytes: Buffer;
  /** It is the folder's own `service.yaml`, which stays as the user wrote it. */
  readonly isOwn: boolean;
}

interface ReadSpecOptions {
  /** Folder of the service. */
  readonly directory: string;
  /** Where the user is, relative to the workspace root. */
  readonly callerFolder: string;
  /** As the user gave it. */
  readonly spec: string | undefined;
}

/** The text of the spec. Throws `UserError` when there is none to read. */
export function readSpec(tree: Tree, { directory, callerFolder, spec = '' }: ReadSpecOptions): Spec {
  const path = spec.trim();
  if (path === '') return readOwnSpec(tree, directory);
  const candidates = [...new Set([`${callerFolder === '' ? '' : `${callerFolder}/`}${path}`, path])];
  const readings = path.startsWith('/') ? [readSpecFile(tree, path)] : candidates.map((candidate) => readSpecFile(tree, candidate));
  return toSpec(path, readings.find((reading) => reading.kind !== 'missing') ?? { kind: 'missing' });
}

/** The folder's own spec. Throws `UserError` when there is none to read. */
export function readOwnSpec(tree: Tree, directory: string): Spec {
  const path = `${directory}/service.yaml`;
  const reading = readSpecFile(tree, path);
  if (reading.kind !== 'missing') return { ...toSpec(path, reading), isOwn: true };
  throw new UserError(
    `No spec was given, and there is no ${path} yet. Name the spec's file: nx g @org/fastapi:project ${directory} --spec shop.yaml`,
  );
}

function toSpec(path: string, reading: SpecFileReading): Spec {
  switch (reading.kind) {
    case 'read':
      return { path, ...decode(path, reading.bytes), isOwn: false };
    case 'missing':
      throw new UserError(
        `The spec "${path}" was not found, neither from the folder you are in nor from the workspace root. Check the path given with --spec.`,
      );
    case 'folder':
      throw new UserError(`The spec "${path}" is a folder. Name the YAML file in it: --spec ${path}/service.yaml`);
    case 'unreadable':
      throw new UserError(`The spec "${path}" could not be read: ${reading.reason}. Check that the file may be read.`);
  }
}

function decode(path: string, bytes: Buffer): Pick<Spec, 'text' | 'mark' | 'bytes'> {
  try {
    const [, mark = '', text = ''] =
      /^(\ufeff?)(.*)$/s.exec(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)) ?? [];
    return { text, mark, bytes };
  } catch {
    throw new UserError(`The spec "${path}" is not UTF-8 text. Save it as UTF-8.`);
  }
}
