import { ImportParser } from './import-parser';
import { Token } from './token';
import { keywordAt } from './token-text';
import { branch, inField, type TreeNode } from './tree-node';
import { IS_WORD } from './unit-class';

/** What may follow `print` and `exec` so that they are certainly names, not the statements of Python 2 that the grammar knows. */
const AFTER_NAME = new Set([...'(.=,;[:\n\r#'].map((unit) => unit.charCodeAt(0)));

/** Statements of one logical line. */
export abstract class SimpleStatementParser extends ImportParser {
  /** Pushes the statements of one logical line, and reads past its end. */
  protected pushSimpleLine(): void {
    for (;;) {
      this.push(this.parseSimpleStatement());
      if (!this.at(Token.Semicolon)) break;
      this.push(this.take());
      if (this.at(Token.NewLine)) break;
    }
    if (!this.at(Token.NewLine)) return this.giveUp();
    this.advance();
  }

  private parseSimpleStatement(): TreeNode {
    switch (this.kind) {
      case Token.Name:
        return this.parseNameStatement();
      case Token.Import:
        return this.parseImport();
      case Token.From:
        return this.parseFromImport();
      case Token.Return:
        return this.parseReturn();
      case Token.Raise:
        return this.parseRaise();
      case Token.Pass:
        return branch('pass_statement', [this.take()]);
      case Token.Break:
        return branch('break_statement', [this.take()]);
      case Token.Continue:
        return branch('continue_statement', [this.take()]);
      case Token.Assert:
        return this.parseAssert();
      case Token.Del:
        return this.parseDelete();
      case Token.Global:
        return this.parseScope('global_statement');
      case Token.Nonlocal:
        return this.parseScope('nonlocal_statement');
      default:
        return this.parseExpressionStatement();
    }
  }

  private parseNameStatement(): TreeNode {
    if (this.isWord('type') && this.isNameAhead()) return this.parseTypeAlias();
    if (this.isWord('print') || this.isWord('exec')) {
      const unit = this.unitAhead();
      if (unit === unit && !AFTER_NAME.has(unit)) this.giveUp();
      const statement = this.parseExpressionStatement();
      if (!this.isGivenUp && hasStarredArgument(statement)) this.giveUp();
      return statement;
    }
    return this.parseExpressionStatement();
  }

  /** Whether a name, not a keyword, follows on this line. */
  private isNameAhead(): boolean {
    const { text } = this;
    let start = this.end;
    while (text.charCodeAt(start) === 0x20) start += 1;
    let end = start;
    while (IS_WORD[text.charCodeAt(end)] === 1) end += 1;
    return end > start && keywordAt(text, start, end) === Token.Name;
  }

  private parseTypeAlias(): TreeNode {
    const word = this.takeWord('type');
    const name = this.expectName();
    const left = this.at(Token.BracketOpen)
      ? branch('type', [branch('generic_type', [name, this.parseTypeArguments(true)])])
      : branch('type', [name]);
    const equals = this.expect(Token.Assign);
    return branch('type_alias_statement', [word, inField('left', left), equals, inField('right', this.parseType())]);
  }

  private parseReturn(): TreeNode {
    const word = this.take();
    if (this.at(Token.NewLine) || this.at(Token.Semicolon)) return branch('return_statement', [word]);
    return branch('return_statement', [word, this.parseExpressionList()]);
  }

  private parseRaise(): TreeNode {
    const word = this.take();
    if (this.at(Token.NewLine) || this.at(Token.Semicolon)) return branch('raise_statement', [word]);
    const value = this.parseExpression();
    if (!this.at(Token.From)) return branch('raise_statement', [word, value]);
    return branch('raise_statement', [word, value, this.take(), inField('cause', this.parseExpression())]);
  }

  private parseAssert(): TreeNode {
    const word = this.take();
    const condition = this.parseExpression();
    if (!this.at(Token.Comma)) return branch('assert_statement', [word, condition]);
    return branch('assert_statement', [word, condition, this.take(), this.parseExpression()]);
  }

  private parseDelete(): TreeNode {
    const word = this.take();
    if (this.at(Token.Star)) this.giveUp();
    return branch('delete_statement', [word, this.parseExpressionList()]);
  }

  private parseScope(type: string): TreeNode {
    const mark = this.top;
    this.push(this.take());
    this.push(this.expectName());
    while (this.at(Token.Comma)) {
      this.push(this.take());
      this.push(this.expectName());
    }
    return this.finish(type, mark);
  }

  private parseExpressionStatement(): TreeNode {
    if (this.at(Token.Yield)) return branch('expression_statement', [this.parseYield()]);
    const isStarred = this.at(Token.Star);
    const first = isStarred ? this.parseStarredName() : this.parseExpression();
    if (this.at(Token.Comma)) return this.finishList(first);
    if (isStarred) this.giveUp();
    if (this.at(Token.Assign)) return branch('expression_statement', [this.parseAssignments(first)]);
    if (this.at(Token.Colon)) return branch('expression_statement', [this.parseAnnotation(first)]);
    if (this.isAugmentedAssign()) return branch('expression_statement', [this.parseAugmented(first)]);
    return branch('expression_statement', [first]);
  }

  private isAugmentedAssign(): boolean {
    return this.kind >= Token.PlusAssign && this.kind <= Token.PipeAssign;
  }

  private finishList(first: TreeNode): TreeNode {
    const list = this.finishExpressionList('expression_statement', first);
    if (!this.at(Token.Assign)) return list;
    list.type = 'expression_list';
    return branch('expression_statement', [this.parseAssignments(list)]);
  }

  /** `a = b = c`: the assignment stands in the right side of the one before it. */
  private parseAssignments(first: TreeNode): TreeNode {
    const targets: TreeNode[] = [];
    const signs: TreeNode[] = [];
    let value = first;
    while (this.at(Token.Assign)) {
      this.toTarget(value);
      targets.push(value);
      signs.push(this.take());
      value = this.parseRightSide();
    }
    for (let index = targets.length - 1; index >= 0; index -= 1) {
      value = branch('assignment', [inField('left', targets[index]!), signs[index]!, inField('right', value)]);
    }
    return value;
  }

  private toTarget(node: TreeNode): void {
    if (node.type === 'expression_list') this.toPatterns(node, 'pattern_list');
    else this.toPattern(node);
  }

  private parseRightSide(): TreeNode {
    return this.at(Token.Yield) ? this.parseYield() : this.parseExpressionList();
  }

  private parseAnnotation(target: TreeNode): TreeNode {
    if (target.type === 'list' || target.type === 'tuple') this.giveUp();
    this.toPattern(target);
    const colon = this.take();
    if (this.at(Token.Star)) this.giveUp();
    const type = inField('type', this.parseType());
    if (!this.at(Token.Assign)) return branch('assignment', [inField('left', target), colon, type]);
    return branch('assignment', [inField('left', target), colon, type, this.take(), inField('right', this.parseRightSide())]);
  }

  private parseAugmented(target: TreeNode): TreeNode {
    if (target.type !== 'identifier' && target.type !== 'attribute' && target.type !== 'subscript') this.giveUp();
    const operator = inField('operator', this.take());
    return branch('augmented_assignment', [inField('left', target), operator, inField('right', this.parseRightSide())]);
  }
}

/** With two readings of `print`, the grammar has two of a star in its parentheses. */
function hasStarredArgument(statement: TreeNode): boolean {
  let node = statement;
  while (node.type !== 'identifier') {
    const list = node.type === 'call' ? node.children[1]! : undefined;
    if (list?.children.some(({ type, children }) => type === 'list_splat' && children[1]!.type !== 'identifier') === true) return true;
    node = node.children[0]!;
  }
  return false;
}
