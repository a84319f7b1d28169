import { Token } from './token';
import { TOKEN_TEXT } from './token-text';
import { TokenReader } from './token-reader';
import { branch, NO_CHILDREN, TreeNode } from './tree-node';

/** Tokens → leaves, and a stack on which lists of children of unknown length grow without an array each. */
export abstract class TreeBuilder extends TokenReader {
  protected top = 0;
  private readonly stack: TreeNode[] = [];

  protected push(node: TreeNode): void {
    this.stack[this.top] = node;
    this.top += 1;
  }

  /** The children pushed since `mark`, off the stack. */
  protected pop(mark: number): TreeNode[] {
    const children = this.stack.slice(mark, this.top);
    this.top = mark;
    return children;
  }

  /** A node over all that was pushed since `mark`. */
  protected finish(type: string, mark: number): TreeNode {
    return branch(type, this.pop(mark));
  }

  /** The current token as an unnamed leaf. */
  protected take(): TreeNode {
    return this.takeAs(TOKEN_TEXT[this.kind]!, false);
  }

  protected expect(kind: Token): TreeNode {
    if (!this.at(kind)) this.giveUp();
    return this.take();
  }

  /** The current token as a named leaf. */
  protected takeNamed(type: string): TreeNode {
    return this.takeAs(type, true);
  }

  /** The current word as an unnamed leaf, where it is a keyword. */
  protected takeWord(word: string): TreeNode {
    return this.takeAs(word, false);
  }

  protected expectName(): TreeNode {
    if (!this.at(Token.Name)) this.giveUp();
    return this.takeNamed('identifier');
  }

  /** Whether the current token is that word, which is a keyword in some places only. */
  protected isWord(word: string): boolean {
    return this.at(Token.Name) && this.end - this.start === word.length && this.text.startsWith(word, this.start);
  }

  /** The first code unit behind the blanks after the current token. */
  protected unitAhead(): number {
    let offset = this.end;
    while (this.text.charCodeAt(offset) === 0x20) offset += 1;
    return this.text.charCodeAt(offset);
  }

  private takeAs(type: string, named: boolean): TreeNode {
    const leaf = new TreeNode(type, named, this.start, this.end, NO_CHILDREN);
    this.advance();
    return leaf;
  }
}
