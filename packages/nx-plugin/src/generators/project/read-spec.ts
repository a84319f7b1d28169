import type { Tree } from '@nx/devkit';
import { readSpecFile, type SpecFileReading } from '../../adapters/read-spec-file';
import { UserError } from '../../errors/user-error';

export interface Spec {
  /** As it is shown to the user. */
  readonly path: string;
  readonly text: string;
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

function readOwnSpec(tree: Tree, directory: string): Spec {
  const path = `${directory}/service.yaml`;
  const reading = readSpecFile(tree, path);
  if (reading.kind !== 'missing') return toSpec(path, reading);
  throw new UserError(
    `No spec was given, and there is no ${path} yet. Name the spec's file: nx g @org/fastapi:project ${directory} --spec shop.yaml`,
  );
}

function toSpec(path: string, reading: SpecFileReading): Spec {
  switch (reading.kind) {
    case 'read':
      return { path, text: decode(path, reading.bytes) };
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

/** A byte order mark is dropped: the text goes into the service as it is, and YAML parsers stumble over one. */
function decode(path: string, bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new UserError(`The spec "${path}" is not UTF-8 text. Save it as UTF-8.`);
  }
}
