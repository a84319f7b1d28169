import { decodeSource, DEFAULT_PYTHON_VERSION, isStdlibModule, listImports, type WrittenImport } from '@org/validator/imports';

/**
 * What a Python file imports that another project may have: absolute, and not from the standard library; as paths, `acme/common/log`.
 * `from acme.common import log` may mean a module or a name in one, so it is the longer path, of which a part may be the module.
 */
export function readImportedNames(bytes: Uint8Array): readonly string[] {
  const source = decodeSource(bytes);
  // Python refuses such a file, but the words of its imports are ASCII in nearly every encoding.
  const text = source.kind === 'text' ? source.text : Buffer.from(bytes).toString('latin1');
  const names = listImports(text)
    .filter(({ level, module }) => level === 0 && !isStdlibModule(module.split('.', 1)[0]!, DEFAULT_PYTHON_VERSION))
    .flatMap(pathsOf);
  return [...new Set(names)].sort();
}

function pathsOf({ module, names }: WrittenImport): readonly string[] {
  const path = module.replaceAll('.', '/');
  return names.length === 0 || names[0] === '*' ? [path] : names.map((name) => `${path}/${name}`);
}
