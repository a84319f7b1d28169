import { childInField, namedChildren, type SyntaxNode } from '@org/validator';
import { nodesBelow, textOf, type PythonFile } from './python-file';

/** One name bound by an import. */
export interface ImportedName {
  readonly node: SyntaxNode;
  /** Absolute: dots at the beginning are resolved. */
  readonly module: string;
  /** `select` in `from sqlalchemy import select`, `*` for all; undefined when the module itself is bound. */
  readonly name: string | undefined;
  /** `z` in `import a.b as z`, `a` in `import a.b`. */
  readonly boundName: string;
}

/** The imports of a file, wherever they stand in it. */
export function listImportedNames(file: PythonFile): readonly ImportedName[] {
  return [...nodesBelow(file.root)].flatMap((node) => {
    if (node.type === 'import_statement') return namedChildren(node).map((child) => importedModule(file, node, child));
    return node.type === 'import_from_statement' ? importedFrom(file, node) : [];
  });
}

function importedModule(file: PythonFile, node: SyntaxNode, child: SyntaxNode): ImportedName {
  const alias = childInField(child, 'alias');
  const module = textOf(file, childInField(child, 'name') ?? child);
  return { node, module, name: undefined, boundName: alias === undefined ? module.split('.')[0]! : textOf(file, alias) };
}

function importedFrom(file: PythonFile, node: SyntaxNode): readonly ImportedName[] {
  const from = childInField(node, 'module_name');
  const module = absoluteModule(file, from === undefined ? '' : textOf(file, from));
  return namedChildren(node)
    .filter((child) => child !== from)
    .map((child) => {
      const name = child.type === 'wildcard_import' ? '*' : textOf(file, childInField(child, 'name') ?? child);
      const alias = childInField(child, 'alias');
      return { node, module, name, boundName: alias === undefined ? name : textOf(file, alias) };
    });
}

function absoluteModule({ module, path }: PythonFile, written: string): string {
  const dots = /^\.*/.exec(written)![0].length;
  if (dots === 0) return written;
  const parts = module.split('.');
  const kept = parts.slice(0, parts.length - dots + (path.endsWith('__init__.py') ? 1 : 0));
  return [...kept, ...written.slice(dots).trim().split('.')].filter((part) => part !== '').join('.');
}
