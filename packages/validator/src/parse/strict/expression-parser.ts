import { ParameterParser } from './parameter-parser';
import { Token } from './token';
import { TOKEN_TEXT } from './token-text';
import { branch, inField, type TreeNode } from './tree-node';

/** Strength of infix operators; 0 for all else. `^` above `&` is the grammar's order, not Python's. */
const STRENGTH = new Uint8Array(TOKEN_TEXT.length);
const OR = 1;
const AND = 2;
const NOT = 3;
const COMPARISON = 4;

const LEVELS: readonly (readonly Token[])[] = [
  [],
  [Token.Or],
  [Token.And],
  [],
  [Token.Less, Token.LessEqual, Token.Equal, Token.NotEqual, Token.GreaterEqual, Token.Greater, Token.In, Token.Is, Token.Not],
  [Token.Pipe],
  [Token.Ampersand],
  [Token.Caret],
  [Token.ShiftLeft, Token.ShiftRight],
  [Token.Plus, Token.Minus],
  [Token.Star, Token.At, Token.Slash, Token.Percent, Token.DoubleSlash],
];
for (const [strength, kinds] of LEVELS.entries()) for (const kind of kinds) STRENGTH[kind] = strength;

/** Expressions, by strength of their operators. */
export abstract class ExpressionParser extends ParameterParser {
  protected parseExpression(): TreeNode {
    this.enter();
    const value = this.at(Token.Lambda) ? this.parseLambda() : this.parseDisjunction();
    const expression = this.at(Token.If) && value.type !== 'lambda' ? this.finishConditional(value) : value;
    this.leave();
    return expression;
  }

  private finishConditional(value: TreeNode): TreeNode {
    return branch('conditional_expression', [value, this.take(), this.parseDisjunction(), this.expect(Token.Else), this.parseExpression()]);
  }

  private parseLambda(): TreeNode {
    if (this.interpolations > 0) this.giveUp();
    const mark = this.top;
    this.push(this.take());
    if (!this.at(Token.Colon)) {
      const parameters = this.top;
      this.pushParameters(Token.Colon, false);
      if (this.top > parameters) this.push(inField('parameters', this.finish('lambda_parameters', parameters)));
    }
    this.push(this.expect(Token.Colon));
    this.push(inField('body', this.parseExpression()));
    return this.finish('lambda', mark);
  }

  protected parseDisjunction(): TreeNode {
    return this.parseInfix(OR);
  }

  private parseInfix(weakest: number): TreeNode {
    let left = this.at(Token.Not) ? this.parseNot(weakest) : this.parseUnary();
    for (;;) {
      const strength = STRENGTH[this.kind]!;
      if (strength === 0 || strength < weakest) return left;
      left = strength === COMPARISON ? this.finishComparison(left) : this.finishInfix(left, strength);
    }
  }

  private finishInfix(left: TreeNode, strength: number): TreeNode {
    const operator = inField('operator', this.take());
    const right = inField('right', this.parseInfix(strength + 1));
    return branch(strength <= AND ? 'boolean_operator' : 'binary_operator', [inField('left', left), operator, right]);
  }

  private parseNot(weakest: number): TreeNode {
    if (weakest > NOT) this.giveUp();
    this.enter();
    const node = branch('not_operator', [this.take(), inField('argument', this.parseInfix(NOT))]);
    this.leave();
    return node;
  }

  private finishComparison(first: TreeNode): TreeNode {
    const mark = this.top;
    this.push(first);
    while (STRENGTH[this.kind] === COMPARISON) {
      this.push(inField('operators', this.parseComparator()));
      this.push(this.parseInfix(COMPARISON + 1));
    }
    return this.finish('comparison_operator', mark);
  }

  private parseComparator(): TreeNode {
    const isNot = this.at(Token.Not);
    const isIs = this.at(Token.Is);
    const first = this.take();
    if (isNot) return branch('not in', [first, this.expect(Token.In)], false);
    return isIs && this.at(Token.Not) ? branch('is not', [first, this.take()], false) : first;
  }

  private parseUnary(): TreeNode {
    if (!this.at(Token.Minus) && !this.at(Token.Plus) && !this.at(Token.Tilde)) return this.parsePower();
    this.enter();
    const node = branch('unary_operator', [inField('operator', this.take()), inField('argument', this.parseUnary())]);
    this.leave();
    return node;
  }

  private parsePower(): TreeNode {
    if (this.at(Token.Await)) return branch('await', [this.take(), this.finishPower(this.parsePrimary())]);
    return this.finishPower(this.parsePrimary());
  }

  private finishPower(left: TreeNode): TreeNode {
    if (!this.at(Token.DoubleStar)) return left;
    this.enter();
    const node = branch('binary_operator', [inField('left', left), inField('operator', this.take()), inField('right', this.parseUnary())]);
    this.leave();
    return node;
  }

  protected parsePrimary(): TreeNode {
    return this.finishPrimary(this.parseAtom());
  }

  private finishPrimary(atom: TreeNode): TreeNode {
    let node = atom;
    for (;;) {
      if (this.at(Token.Dot)) node = this.finishAttribute(node);
      else if (this.at(Token.ParenOpen)) node = this.finishCall(node);
      else if (this.at(Token.BracketOpen)) node = this.finishSubscript(node);
      else return node;
    }
  }

  private finishAttribute(object: TreeNode): TreeNode {
    return branch('attribute', [inField('object', object), this.take(), inField('attribute', this.expectName())]);
  }

  private finishCall(callee: TreeNode): TreeNode {
    return branch('call', [inField('function', callee), inField('arguments', this.parseArguments())]);
  }

  private parseAtom(): TreeNode {
    switch (this.kind) {
      case Token.Name:
        return this.takeNamed('identifier');
      case Token.Integer:
      case Token.Float:
      case Token.True:
      case Token.False:
      case Token.None:
      case Token.Ellipsis:
        return this.takeNamed(TOKEN_TEXT[this.kind]!);
      case Token.String:
        return this.parseStrings();
      case Token.ParenOpen:
        return this.parseParenthesized();
      case Token.BracketOpen:
        return this.parseList();
      case Token.BraceOpen:
        return this.parseBraces();
      default:
        this.giveUp();
        return this.take();
    }
  }

  protected parseStarredName(): TreeNode {
    return this.finishStarredName(this.take());
  }

  protected finishStarredName(star: TreeNode): TreeNode {
    return this.finishPrimary(branch('list_splat', [star, this.expectName()]));
  }

  /** `a, *b`; the list alone, without a node of its own when there is no comma. */
  protected parseExpressionList(): TreeNode {
    const isStarred = this.at(Token.Star);
    const first = isStarred ? this.parseStarredName() : this.parseExpression();
    if (this.at(Token.Comma)) return this.finishExpressionList('expression_list', first);
    if (isStarred) this.giveUp();
    return first;
  }

  protected finishExpressionList(type: string, first: TreeNode): TreeNode {
    const mark = this.top;
    this.push(first);
    while (this.at(Token.Comma)) {
      this.push(this.take());
      if (!this.startsExpression()) break;
      this.push(this.at(Token.Star) ? this.parseStarredName() : this.parseExpression());
    }
    return this.finish(type, mark);
  }

  /** Whether a list goes on after its comma. */
  private startsExpression(): boolean {
    switch (this.kind) {
      case Token.NewLine:
      case Token.Semicolon:
      case Token.Assign:
      case Token.Colon:
      case Token.In:
      case Token.ParenClose:
      case Token.BraceClose:
      case Token.End:
        return false;
      default:
        return !(this.kind >= Token.PlusAssign && this.kind <= Token.PipeAssign);
    }
  }

  protected parseYield(): TreeNode {
    const word = this.take();
    if (this.at(Token.From)) return branch('yield', [word, this.take(), this.parseExpression()]);
    return this.startsExpression() ? branch('yield', [word, this.parseExpressionList()]) : branch('yield', [word]);
  }

  protected parseInterpolated(): TreeNode {
    return this.at(Token.Yield) ? this.parseYield() : this.parseExpressionList();
  }

  protected parseTargets(): TreeNode {
    const first = this.parseTarget();
    if (!this.at(Token.Comma)) {
      if (first.type === 'list_splat_pattern') this.giveUp();
      return first;
    }
    const mark = this.top;
    this.push(first);
    while (this.at(Token.Comma)) {
      this.push(this.take());
      if (this.at(Token.In)) break;
      this.push(this.parseTarget());
    }
    return this.finish('pattern_list', mark);
  }

  private parseTarget(): TreeNode {
    const target = this.at(Token.Star) ? this.parseStarredName() : this.parsePrimary();
    this.toPattern(target);
    return target;
  }

  /** Renames an expression, read before its `=` was seen, to the target that it is. */
  protected toPattern(node: TreeNode): void {
    switch (node.type) {
      case 'identifier':
        return;
      case 'attribute':
      case 'subscript':
        if (this.text.charCodeAt(node.start) === 0x2a) this.giveUp();
        return;
      case 'list_splat':
        node.type = 'list_splat_pattern';
        if (node.children[1]!.type === 'parenthesized_expression' || node.children[1]!.type === 'tuple') this.giveUp();
        this.toPattern(node.children[1]!);
        return;
      case 'list':
        return this.toPatterns(node, 'list_pattern');
      case 'tuple':
      case 'parenthesized_expression':
        return this.toPatterns(node, 'tuple_pattern');
      default:
        this.giveUp();
    }
  }

  protected toPatterns(node: TreeNode, type: string): void {
    node.type = type;
    for (const child of node.children) if (child.named) this.toPattern(child);
  }
}
