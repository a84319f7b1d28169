import { ExpressionParser } from './expression-parser';
import { Token } from './token';
import { TOKEN_TEXT } from './token-text';
import { branch, inField, type TreeNode } from './tree-node';

/** The patterns of `case`. */
export abstract class CasePatternParser extends ExpressionParser {
  /** Pushes `pattern, pattern,`. */
  protected pushCasePatterns(closer: Token): void {
    while (!this.at(closer) && !this.at(Token.If) && !this.isGivenUp) {
      this.push(this.parseCasePattern(false));
      if (!this.at(Token.Comma)) break;
      this.push(this.take());
    }
  }

  private parseCasePattern(isArgument: boolean): TreeNode {
    this.enter();
    const mark = this.top;
    if (this.at(Token.Star)) this.push(this.parseSplat());
    else if (isArgument && this.at(Token.Name) && this.unitAhead() === 0x3d) this.push(this.parseKeyword());
    else this.pushUnion();
    let pattern = this.finish('case_pattern', mark);
    if (this.at(Token.As)) pattern = branch('case_pattern', [branch('as_pattern', [pattern, this.take(), this.expectName()])]);
    this.leave();
    return pattern;
  }

  private parseSplat(): TreeNode {
    return branch('splat_pattern', [this.take(), this.isWord('_') ? this.takeWord('_') : this.expectName()]);
  }

  private parseKeyword(): TreeNode {
    const mark = this.top;
    this.push(this.expectName());
    this.push(this.expect(Token.Assign));
    this.pushUnion();
    return this.finish('keyword_pattern', mark);
  }

  private pushUnion(): void {
    const mark = this.top;
    this.pushSimple();
    if (!this.at(Token.Pipe)) return;
    while (this.at(Token.Pipe)) {
      this.push(this.take());
      this.pushSimple();
    }
    this.push(this.finish('union_pattern', mark));
  }

  private pushSimple(): void {
    switch (this.kind) {
      case Token.String:
        return this.push(this.parseStrings());
      case Token.True:
      case Token.False:
      case Token.None:
        return this.push(this.takeNamed(TOKEN_TEXT[this.kind]!));
      case Token.Minus:
      case Token.Integer:
      case Token.Float:
        return this.pushNumber();
      case Token.Name:
        return this.push(this.isWord('_') && this.unitAhead() !== 0x2e ? this.takeWord('_') : this.parseNameOrClass());
      case Token.BracketOpen:
        return this.push(this.parseSequence('list_pattern', Token.BracketClose));
      case Token.ParenOpen:
        return this.push(this.parseSequence('tuple_pattern', Token.ParenClose));
      case Token.BraceOpen:
        return this.push(this.parseMapping());
      default:
        this.giveUp();
        this.push(this.take());
    }
  }

  private pushNumber(): void {
    const mark = this.top;
    if (this.at(Token.Minus)) this.push(this.take());
    this.pushPlainNumber();
    if (!this.at(Token.Plus) && !this.at(Token.Minus)) return;
    this.push(this.take());
    this.pushPlainNumber();
    this.push(this.finish('complex_pattern', mark));
  }

  private pushPlainNumber(): void {
    if (!this.at(Token.Integer) && !this.at(Token.Float)) this.giveUp();
    this.push(this.takeNamed(TOKEN_TEXT[this.kind]!));
  }

  private parseNameOrClass(): TreeNode {
    const name = this.parseDottedName();
    if (!this.at(Token.ParenOpen)) return name;
    const mark = this.top;
    this.push(name);
    this.push(this.take());
    while (!this.at(Token.ParenClose) && !this.isGivenUp) {
      this.push(this.parseCasePattern(true));
      if (!this.at(Token.Comma)) break;
      this.push(this.take());
    }
    this.push(this.expect(Token.ParenClose));
    return this.finish('class_pattern', mark);
  }

  protected parseDottedName(): TreeNode {
    const mark = this.top;
    this.push(this.expectName());
    while (this.at(Token.Dot)) {
      this.push(this.take());
      this.push(this.expectName());
    }
    return this.finish('dotted_name', mark);
  }

  private parseSequence(type: string, closer: Token): TreeNode {
    const mark = this.top;
    this.push(this.take());
    this.pushCasePatterns(closer);
    this.push(this.expect(closer));
    return this.finish(type, mark);
  }

  private parseMapping(): TreeNode {
    const mark = this.top;
    this.push(this.take());
    while (!this.at(Token.BraceClose) && !this.isGivenUp) {
      if (this.at(Token.DoubleStar)) this.push(this.parseSplat());
      else this.pushKeyAndValue();
      if (!this.at(Token.Comma)) break;
      this.push(this.take());
    }
    this.push(this.expect(Token.BraceClose));
    return this.finish('dict_pattern', mark);
  }

  private pushKeyAndValue(): void {
    const mark = this.top;
    this.pushSimple();
    for (const part of this.pop(mark)) this.push(inField('key', part));
    this.push(this.expect(Token.Colon));
    this.push(inField('value', this.parseCasePattern(false)));
  }
}
