import { attachExtras } from './attach-extras';
import { CompoundStatementParser } from './compound-statement-parser';
import { Token } from './token';
import { TreeNode } from './tree-node';

/** A whole file. */
export class ModuleParser extends CompoundStatementParser {
  /** The tree, or undefined when something in the text was in doubt. */
  parse(): TreeNode | undefined {
    if (this.text.includes('\0') || /\r(?!\n)/.test(this.text)) return undefined;
    if (this.text.charCodeAt(0) === 0xfeff) this.end = 1;
    this.advance();
    while (!this.at(Token.End)) this.pushStatement();
    return this.isGivenUp ? undefined : this.finishModule();
  }

  private finishModule(): TreeNode {
    const { length } = this.text;
    const children = this.pop(0);
    const start = Math.min(children[0]?.start ?? length, this.extras[0]?.start ?? length);
    const root = new TreeNode('module', true, start, length, children);
    for (const child of children) child.parent = root;
    attachExtras(root, this.extras);
    return root;
  }
}
