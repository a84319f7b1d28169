import type { SyntaxNode } from '../syntax-node';
import { attachExtras } from './attach-extras';
import { CompoundStatementParser } from './compound-statement-parser';
import { Token } from './token';
import { TreeNode } from './tree-node';

/**
 * Text → the very tree the grammar would make of it; undefined for all that is not certainly Python,
 * and for the little that is but that the grammar reads in a way of its own.
 */
export function parseStrictly(text: string): SyntaxNode | undefined {
  if (text.includes('\0') || /\r(?!\n)/.test(text)) return undefined;
  return new ModuleParser(text).parse();
}

class ModuleParser extends CompoundStatementParser {
  parse(): TreeNode | undefined {
    if (this.text.charCodeAt(0) === 0xfeff) this.end = 1;
    this.advance();
    while (!this.at(Token.End)) this.pushStatement();
    if (this.isGivenUp) return undefined;
    const children = this.pop(0);
    const first = Math.min(children[0]?.start ?? this.text.length, this.extras[0]?.start ?? this.text.length);
    const root = new TreeNode('module', true, first, this.text.length, children);
    for (const child of children) child.parent = root;
    attachExtras(root, this.extras);
    return root;
  }
}
