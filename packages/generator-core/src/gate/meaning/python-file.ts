import { parsePython, type SyntaxNode } from '@org/validator';

/** A Python file of the service with its tree. */
export interface PythonFile {
  readonly path: string;
  /** `app.models.book`; of an `__init__.py` the package. */
  readonly module: string;
  readonly text: string;
  readonly root: SyntaxNode;
}

export function readPythonFile(path: string, text: string): PythonFile {
  const module = path.replace(/(?:\/__init__)?\.py$/, '').replaceAll('/', '.');
  return { path, module, text, root: parsePython(text) };
}

export function textOf({ text }: Pick<PythonFile, 'text'>, node: SyntaxNode): string {
  return text.slice(node.start, node.end);
}

/** Lines count from 1. */
export function lineOf({ text }: Pick<PythonFile, 'text'>, node: SyntaxNode): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < node.start; at = text.indexOf('\n', at + 1)) line += 1;
  return line;
}

/** A node and all below it, in source order. `isClosed`: not looked into. */
export function* nodesBelow(node: SyntaxNode, isClosed: (node: SyntaxNode) => boolean = () => false): Generator<SyntaxNode> {
  yield node;
  for (const child of node.children) if (!isClosed(child)) yield* nodesBelow(child, isClosed);
}
