import { CollectionParser } from './collection-parser';
import { Token } from './token';
import { branch, inField, type TreeNode } from './tree-node';

/** Types and parameters. */
export abstract class ParameterParser extends CollectionParser {
  /** A name with what follows it, when its star is read already. */
  protected abstract finishStarredName(star: TreeNode): TreeNode;

  /** An annotation. The grammar keeps `Name[…]` apart from other expressions, and cannot go on from it freely. */
  protected parseType(): TreeNode {
    this.enter();
    let type = this.parseSingleType();
    while (type.isGeneric && !this.isGivenUp) {
      if (this.at(Token.Pipe)) type = this.finishUnion(type.node);
      else if (this.at(Token.Dot)) type = generic(branch('member_type', [type.node, this.take(), this.expectName()]));
      else break;
    }
    this.leave();
    return type.node;
  }

  private finishUnion(left: TreeNode): TypeReading {
    const pipe = this.take();
    const right = this.at(Token.Star) ? this.refuseType() : this.parseSingleType();
    return { node: branch('type', [branch('union_type', [left, pipe, right.node])]), isGeneric: right.isGeneric };
  }

  private refuseType(): TypeReading {
    this.giveUp();
    return this.parseSingleType();
  }

  private parseSingleType(): TypeReading {
    if (this.at(Token.Star) || this.at(Token.DoubleStar)) return { node: this.parseSplatType(), isGeneric: false };
    if (!this.at(Token.Name) || !this.isGenericAhead()) return { node: branch('type', [this.parseExpression()]), isGeneric: false };
    return generic(branch('generic_type', [this.takeNamed('identifier'), this.parseTypeArguments(false)]));
  }

  private isGenericAhead(): boolean {
    return this.unitAhead() === 0x5b && !this.isWord('print') && !this.isWord('exec') && !this.isWord('match');
  }

  private parseSplatType(): TreeNode {
    const star = this.take();
    const isDouble = star.type === '**';
    if (this.at(Token.Name) && this.unitAhead() === 0x5b && !isDouble) return branch('type', [this.finishStarredName(star)]);
    return branch('type', [branch('splat_type', [star, this.expectName()])]);
  }

  /** `[…]` behind a name in a type; as type parameters, each may have a bound. */
  protected parseTypeArguments(areParameters: boolean): TreeNode {
    const mark = this.top;
    this.push(this.expect(Token.BracketOpen));
    while (!this.isGivenUp) {
      const type = areParameters ? this.parseTypeParameter() : this.parseType();
      this.push(type);
      if (!this.at(Token.Comma)) break;
      this.push(this.take());
      if (this.at(Token.BracketClose)) break;
    }
    this.push(this.expect(Token.BracketClose));
    return this.finish('type_parameter', mark);
  }

  private parseTypeParameter(): TreeNode {
    if (!this.at(Token.Name)) return this.parseSplatType();
    const name = branch('type', [this.expectName()]);
    if (!this.at(Token.Colon)) return name;
    return branch('type', [branch('constrained_type', [name, this.take(), this.parseType()])]);
  }

  protected parseParameters(): TreeNode {
    const mark = this.top;
    this.push(this.expect(Token.ParenOpen));
    this.pushParameters(Token.ParenClose, true);
    this.push(this.expect(Token.ParenClose));
    return this.finish('parameters', mark);
  }

  protected pushParameters(closer: Token, mayBeTyped: boolean): void {
    while (!this.at(closer) && !this.isGivenUp) {
      this.push(this.parseParameter(mayBeTyped));
      if (!this.at(Token.Comma)) break;
      this.push(this.take());
    }
  }

  private parseParameter(mayBeTyped: boolean): TreeNode {
    if (this.at(Token.Name)) return this.finishParameter(this.expectName(), mayBeTyped);
    if (this.at(Token.Slash)) return branch('positional_separator', [this.take()]);
    if (!this.at(Token.Star) && !this.at(Token.DoubleStar)) this.giveUp();
    const star = this.take();
    if (star.type === '*' && this.at(Token.Comma)) return branch('keyword_separator', [star]);
    const splat = branch(star.type === '*' ? 'list_splat_pattern' : 'dictionary_splat_pattern', [star, this.expectName()]);
    if (!this.at(Token.Colon) || !mayBeTyped) return splat;
    return branch('typed_parameter', [splat, this.take(), inField('type', this.parseType())]);
  }

  private finishParameter(name: TreeNode, mayBeTyped: boolean): TreeNode {
    if (this.at(Token.Colon) && mayBeTyped) return this.finishTypedParameter(name);
    if (!this.at(Token.Assign)) return name;
    return branch('default_parameter', [inField('name', name), this.take(), inField('value', this.parseExpression())]);
  }

  private finishTypedParameter(name: TreeNode): TreeNode {
    const colon = this.take();
    if (this.at(Token.Star) || this.at(Token.DoubleStar)) this.giveUp();
    const type = inField('type', this.parseType());
    if (!this.at(Token.Assign)) return branch('typed_parameter', [name, colon, type]);
    return branch('typed_default_parameter', [inField('name', name), colon, type, this.take(), inField('value', this.parseExpression())]);
  }
}

interface TypeReading {
  readonly node: TreeNode;
  /** `Name[…]`, after which the grammar takes only `|` and `.`. */
  readonly isGeneric: boolean;
}

function generic(node: TreeNode): TypeReading {
  return { node: branch('type', [node]), isGeneric: true };
}
