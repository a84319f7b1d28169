import { SimpleStatementParser } from './simple-statement-parser';
import { Token } from './token';
import { branch, inField, type TreeNode } from './tree-node';

/** Blocks, and the statements that are little more than one. */
export abstract class BlockParser extends SimpleStatementParser {
  /** Pushes one compound statement or one line of simple ones. */
  protected abstract pushStatement(): void;

  /** `:` and what follows it, pushed. */
  protected pushSuite(field: string | undefined): void {
    this.push(this.expect(Token.Colon));
    const block = this.parseBlock();
    block.field = field;
    this.push(block);
  }

  /** The same for a function. */
  protected pushBody(): void {
    this.push(this.expect(Token.Colon));
    const skipped = this.at(Token.NewLine) ? this.skipBody() : undefined;
    this.push(inField('body', skipped ?? this.parseBlock()));
  }

  /** The body that begins behind this line end, if its content need not be known. */
  protected skipBody(): TreeNode | undefined {
    return undefined;
  }

  /** A block ends with the comments on its last line and with those below that are indented like it. */
  private parseBlock(): TreeNode {
    const mark = this.top;
    if (this.at(Token.NewLine)) return this.parseIndented(mark);
    this.pushSimpleLine();
    const block = this.finish('block', mark);
    block.end = this.lineEnd;
    return block;
  }

  private parseIndented(mark: number): TreeNode {
    this.openBlock();
    while (!this.at(Token.Dedent) && !this.at(Token.End)) this.pushStatement();
    const block = this.top > mark ? this.finish('block', mark) : this.refuseBlock();
    block.end = this.closeBlock();
    return block;
  }

  /** Reads past the indentation. */
  protected openBlock(): void {
    this.enter();
    this.advance();
    if (!this.at(Token.Indent)) this.giveUp();
    this.advance();
  }

  /** Reads past the end of the indentation; returns where the block ends. */
  protected closeBlock(): number {
    const end = Math.max(this.lineEnd, this.start);
    this.advance();
    this.leave();
    return end;
  }

  private refuseBlock(): TreeNode {
    this.giveUp();
    return this.take();
  }

  protected parseIf(): TreeNode {
    const mark = this.top;
    this.pushCondition();
    while (this.at(Token.Elif)) this.push(inField('alternative', this.parseElif()));
    this.pushElse('alternative');
    return this.finish('if_statement', mark);
  }

  private parseElif(): TreeNode {
    const mark = this.top;
    this.pushCondition();
    return this.finish('elif_clause', mark);
  }

  private pushCondition(): void {
    this.push(this.take());
    this.push(inField('condition', this.parseNamedExpression()));
    this.pushSuite('consequence');
  }

  protected pushElse(field: string | undefined): void {
    if (!this.at(Token.Else)) return;
    const mark = this.top;
    this.push(this.take());
    this.pushSuite('body');
    const clause = this.finish('else_clause', mark);
    clause.field = field;
    this.push(clause);
  }

  protected parseWhile(): TreeNode {
    const mark = this.top;
    this.push(this.take());
    this.push(inField('condition', this.parseNamedExpression()));
    this.pushSuite('body');
    this.pushElse('alternative');
    return this.finish('while_statement', mark);
  }

  protected parseFor(async: TreeNode | undefined): TreeNode {
    const mark = this.top;
    if (async !== undefined) this.push(async);
    this.push(this.take());
    this.push(inField('left', this.parseTargets()));
    this.push(this.expect(Token.In));
    this.push(inField('right', this.parseExpressionList()));
    this.pushSuite('body');
    this.pushElse('alternative');
    return this.finish('for_statement', mark);
  }

  protected parseTry(): TreeNode {
    const mark = this.top;
    this.push(this.take());
    this.pushSuite('body');
    const handlers = this.top;
    const isGroup = this.at(Token.Except) && this.unitAhead() === 0x2a;
    while (this.at(Token.Except)) this.push(this.parseExcept(isGroup));
    if (this.top > handlers) this.pushElse(undefined);
    if (this.at(Token.Finally)) this.push(this.parseFinally());
    if (this.top === handlers) this.giveUp();
    return this.finish('try_statement', mark);
  }

  private parseExcept(isGroup: boolean): TreeNode {
    const mark = this.top;
    this.push(this.take());
    if (this.at(Token.Star) !== isGroup) this.giveUp();
    if (isGroup) this.push(this.take());
    if (!this.at(Token.Colon) || isGroup) this.pushCaught();
    this.pushSuite(undefined);
    return this.finish('except_clause', mark);
  }

  private pushCaught(): void {
    const caught = this.parseExpression();
    if (this.at(Token.As)) return this.push(inField('value', this.finishAs(caught, this.parseAlias())));
    this.push(inField('value', caught));
    while (this.at(Token.Comma)) {
      this.push(this.take());
      this.push(inField('value', this.parseExpression()));
    }
  }

  private parseAlias(): readonly [TreeNode, TreeNode] {
    return [this.take(), this.expectName()];
  }

  /** `value as target`. The grammar binds `as` closer than `if … else` and `lambda`, so that we leave those to it. */
  protected finishAs(value: TreeNode, [word, target]: readonly [TreeNode, TreeNode]): TreeNode {
    if (value.type === 'conditional_expression' || value.type === 'lambda' || value.type === 'named_expression') this.giveUp();
    return branch('as_pattern', [value, word, inField('alias', branch('as_pattern_target', [target]))]);
  }

  private parseFinally(): TreeNode {
    const mark = this.top;
    this.push(this.take());
    this.pushSuite(undefined);
    return this.finish('finally_clause', mark);
  }
}
