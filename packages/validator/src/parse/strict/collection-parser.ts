import { StringParser } from './string-parser';
import { Token } from './token';
import { branch, inField, type TreeNode } from './tree-node';

/** What stands in brackets: tuples, lists, sets, dictionaries, comprehensions, arguments, subscripts. */
export abstract class CollectionParser extends StringParser {
  /** No `:=`, no `*`. */
  protected abstract parseExpression(): TreeNode;
  /** An expression without `if … else` and `lambda`. */
  protected abstract parseDisjunction(): TreeNode;
  /** `a, b.c, *d` behind `for`, as a target. */
  protected abstract parseTargets(): TreeNode;
  /** `*name` with what follows it, where the grammar takes the star for part of the name. */
  protected abstract parseStarredName(): TreeNode;
  protected abstract parseYield(): TreeNode;

  protected parseNamedExpression(): TreeNode {
    const value = this.parseExpression();
    return this.at(Token.Walrus) ? this.finishNamed(value) : value;
  }

  private finishNamed(name: TreeNode): TreeNode {
    if (name.type !== 'identifier') this.giveUp();
    return branch('named_expression', [inField('name', name), this.take(), inField('value', this.parseExpression())]);
  }

  protected parseParenthesized(): TreeNode {
    const open = this.take();
    if (this.at(Token.ParenClose)) return branch('tuple', [open, this.take()]);
    if (this.at(Token.Yield)) return branch('parenthesized_expression', [open, this.parseYield(), this.expect(Token.ParenClose)]);
    const isStarred = this.at(Token.Star);
    const first = this.parseFirstElement(Token.ParenClose);
    if (this.at(Token.Comma)) return this.finishElements('tuple', open, first, Token.ParenClose);
    if (isStarred) this.giveUp();
    if (this.isComprehension()) return this.finishComprehension('generator_expression', open, first, Token.ParenClose);
    return branch('parenthesized_expression', [open, first, this.expect(Token.ParenClose)]);
  }

  protected parseList(): TreeNode {
    const open = this.take();
    if (this.at(Token.BracketClose)) return branch('list', [open, this.take()]);
    const isStarred = this.at(Token.Star);
    const first = this.parseFirstElement(Token.BracketClose);
    if (!this.isComprehension()) return this.finishElements('list', open, first, Token.BracketClose);
    if (isStarred) this.giveUp();
    return this.finishComprehension('list_comprehension', open, first, Token.BracketClose);
  }

  protected parseBraces(): TreeNode {
    const open = this.take();
    if (this.at(Token.BraceClose)) return branch('dictionary', [open, this.take()]);
    if (this.at(Token.DoubleStar)) return this.finishDictionary(open, this.parsePair());
    const isStarred = this.at(Token.Star);
    const first = this.parseFirstElement(Token.BraceClose);
    if (this.at(Token.Colon) && !isStarred && first.type !== 'named_expression') return this.parseDictionary(open, first);
    if (!this.isComprehension()) return this.finishElements('set', open, first, Token.BraceClose);
    if (isStarred) this.giveUp();
    return this.finishComprehension('set_comprehension', open, first, Token.BraceClose);
  }

  private parseDictionary(open: TreeNode, key: TreeNode): TreeNode {
    const pair = this.finishPair(key);
    if (this.isComprehension()) return this.finishComprehension('dictionary_comprehension', open, pair, Token.BraceClose);
    return this.finishDictionary(open, pair);
  }

  private finishDictionary(open: TreeNode, first: TreeNode): TreeNode {
    const mark = this.top;
    this.push(open);
    this.push(first);
    while (this.at(Token.Comma)) {
      this.push(this.take());
      if (this.at(Token.BraceClose)) break;
      this.push(this.parsePair());
    }
    this.push(this.expect(Token.BraceClose));
    return this.finish('dictionary', mark);
  }

  private parsePair(): TreeNode {
    if (this.at(Token.DoubleStar)) return branch('dictionary_splat', [this.take(), this.parseExpression()]);
    return this.finishPair(this.parseExpression());
  }

  private finishPair(key: TreeNode): TreeNode {
    return branch('pair', [inField('key', key), this.expect(Token.Colon), inField('value', this.parseExpression())]);
  }

  private finishElements(type: string, open: TreeNode, first: TreeNode, closer: Token): TreeNode {
    const mark = this.top;
    this.push(open);
    this.push(first);
    while (this.at(Token.Comma)) {
      this.push(this.take());
      if (this.at(closer)) break;
      this.push(this.parseElement());
    }
    this.push(this.expect(closer));
    return this.finish(type, mark);
  }

  private parseElement(): TreeNode {
    if (!this.at(Token.Star)) return this.parseNamedExpression();
    return branch('list_splat', [this.take(), this.parseExpression()]);
  }

  /** The grammar has two readings of a starred name: alone in a list or set, the star is part of the name, elsewhere of the element. */
  private parseFirstElement(closer: Token): TreeNode {
    const state = this.state();
    const element = this.parseElement();
    if (element.type !== 'list_splat' || closer === Token.ParenClose || !this.at(closer)) return element;
    const value = element.children[1]!;
    if (isOperand(value)) return element;
    if (!isPrimary(value)) this.giveUp();
    if (this.isGivenUp || !startsWithName(value)) return element;
    this.goBack(state);
    return this.parseStarredName();
  }

  private isComprehension(): boolean {
    return this.at(Token.For) || this.at(Token.Async);
  }

  private finishComprehension(type: string, open: TreeNode, body: TreeNode, closer: Token): TreeNode {
    const mark = this.top;
    this.push(open);
    this.push(inField('body', body));
    this.pushClauses();
    this.push(this.expect(closer));
    return this.finish(type, mark);
  }

  private pushClauses(): void {
    while (this.isComprehension() || this.at(Token.If)) {
      this.push(this.at(Token.If) ? branch('if_clause', [this.take(), this.parseDisjunction()]) : this.parseForClause());
    }
  }

  private parseForClause(): TreeNode {
    const mark = this.top;
    if (this.at(Token.Async)) this.push(this.take());
    this.push(this.expect(Token.For));
    this.push(inField('left', this.parseTargets()));
    this.push(this.expect(Token.In));
    this.push(inField('right', this.parseDisjunction()));
    return this.finish('for_in_clause', mark);
  }

  /** `(…)` behind a callee or a class name. */
  protected parseArguments(): TreeNode {
    const mark = this.top;
    this.push(this.take());
    while (!this.at(Token.ParenClose)) {
      const argument = this.parseArgument();
      this.push(argument);
      if (this.isComprehension()) return this.finishGenerator(mark, argument);
      if (!this.at(Token.Comma)) break;
      this.push(this.take());
    }
    this.push(this.expect(Token.ParenClose));
    return this.finish('argument_list', mark);
  }

  private finishGenerator(mark: number, body: TreeNode): TreeNode {
    const isOther = body.type === 'keyword_argument' || body.type === 'list_splat' || body.type === 'dictionary_splat';
    if (this.top !== mark + 2 || isOther) this.giveUp();
    body.field = 'body';
    this.pushClauses();
    this.push(this.expect(Token.ParenClose));
    return this.finish('generator_expression', mark);
  }

  private parseArgument(): TreeNode {
    if (this.at(Token.Star)) return branch('list_splat', [this.take(), this.parseExpression()]);
    if (this.at(Token.DoubleStar)) return branch('dictionary_splat', [this.take(), this.parseExpression()]);
    const value = this.parseNamedExpression();
    if (!this.at(Token.Assign)) return value;
    if (value.type !== 'identifier') this.giveUp();
    return branch('keyword_argument', [inField('name', value), this.take(), inField('value', this.parseExpression())]);
  }

  protected finishSubscript(value: TreeNode): TreeNode {
    const mark = this.top;
    this.push(inField('value', value));
    this.push(this.take());
    while (!this.at(Token.BracketClose)) {
      this.push(inField('subscript', this.parseSubscript()));
      if (!this.at(Token.Comma)) break;
      this.push(this.take());
    }
    if (this.top === mark + 2) this.giveUp();
    this.push(this.expect(Token.BracketClose));
    return this.finish('subscript', mark);
  }

  private parseSubscript(): TreeNode {
    if (this.at(Token.Star)) return this.parseStarredName();
    if (this.at(Token.Colon)) return this.parseSlice(undefined);
    const index = this.parseNamedExpression();
    if (!this.at(Token.Colon)) return index;
    if (index.type === 'named_expression') this.giveUp();
    return this.parseSlice(index);
  }

  private parseSlice(lower: TreeNode | undefined): TreeNode {
    const mark = this.top;
    if (lower !== undefined) this.push(lower);
    for (let colons = 0; colons < 2 && this.at(Token.Colon); colons += 1) {
      this.push(this.take());
      const isBare = this.at(Token.Colon) || this.at(Token.Comma) || this.at(Token.BracketClose);
      if (!isBare) this.push(this.parseExpression());
    }
    return this.finish('slice', mark);
  }
}

function isPrimary({ type }: TreeNode): boolean {
  return type === 'attribute' || type === 'call' || type === 'subscript';
}

/** Not made up of an operator and its operands. */
function isOperand({ type }: TreeNode): boolean {
  return !/^(attribute|call|subscript|\w+_(operator|expression)|await|lambda)$/.test(type) || type === 'parenthesized_expression';
}

function startsWithName(value: TreeNode): boolean {
  let node = value;
  while (isPrimary(node)) node = node.children[0]!;
  return node.type === 'identifier';
}
