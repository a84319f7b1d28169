import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { glob, logger, type Tree } from '@nx/devkit';
import { findInHistory } from '../../adapters/find-in-history';

/** Where manifests of 0.1.0 lie; fixed here, whatever later versions do. */
const manifestPath = '.fastapi/manifest.json';

/**
 * 0.1.0 kept hashes of what it generated; from 0.2.0 on, edits are merged with what is new, which takes the texts. Those of files that nobody
 * has edited are on the disk, and those of the others in the history of git. No file of a service is changed. Run again, it changes nothing.
 */
export default function keepGeneratedTexts(tree: Tree): void {
  const services = glob(tree, [`**/${manifestPath}`])
    .filter((path) => !/(^|\/)(node_modules|\.venv)\//.test(path))
    .map((path) => path.slice(0, -manifestPath.length))
    .sort();
  for (const folder of services) keepTextsOf(tree, folder);
}

/** `folder` ends with `/`. */
function keepTextsOf(tree: Tree, folder: string): void {
  const unknown = Object.entries(recordedHashes(tree.read(`${folder}${manifestPath}`, 'utf-8') ?? ''))
    .filter(([path]) => path !== 'service.yaml' && tree.exists(`${folder}${path}`) && !tree.exists(baseOf(folder, path)))
    .filter(([path, hash]) => {
      const text = generatedText(tree, `${folder}${path}`, hash);
      if (text !== undefined) tree.write(baseOf(folder, path), text);
      return text === undefined;
    })
    .map(([path]) => path)
    .sort();
  if (unknown.length === 0) return;
  logger.info(
    [
      `${folder.replace(/\/$/, '')}: it is not known how these files were generated, since they were edited before git saw them. They stay as they are;`,
      'where a later run has something new for one of them, it puts that beside it:',
      ...unknown.map((path) => `  ${path}`),
    ].join('\n'),
  );
}

function generatedText(tree: Tree, path: string, hash: string): string | undefined {
  const isMeant = (text: string): boolean => createHash('sha256').update(text, 'utf8').digest('hex') === hash;
  const now = tree.read(path, 'utf-8') ?? '';
  return isMeant(now) ? now : findInHistory(join(tree.root, path), isMeant);
}

function baseOf(folder: string, path: string): string {
  return `${folder}.fastapi/base/${path}.base`;
}

/** By path; nothing for a manifest that cannot be read, of which the next generation tells. */
function recordedHashes(manifest: string): Readonly<Record<string, string>> {
  try {
    const { version, files } = JSON.parse(manifest) as { readonly version?: unknown; readonly files?: Readonly<Record<string, string>> };
    return version === 1 && files !== undefined ? files : {};
  } catch {
    return {};
  }
}
