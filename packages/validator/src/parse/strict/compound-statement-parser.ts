import { BlockParser } from './block-parser';
import { Token } from './token';
import { branch, inField, TreeNode } from './tree-node';

/** What may follow the name `match` so that it is certainly no statement. */
const AFTER_NAME = new Set([...'=.,;):\n\r#'].map((unit) => unit.charCodeAt(0)));

/** Definitions, `with` and `match`. */
export abstract class CompoundStatementParser extends BlockParser {
  protected pushStatement(): void {
    const compound = this.parseCompound();
    if (compound === undefined) this.pushSimpleLine();
    else this.push(compound);
  }

  private parseCompound(): TreeNode | undefined {
    switch (this.kind) {
      case Token.Name:
        return this.isWord('match') ? this.tryMatch() : undefined;
      case Token.If:
        return this.parseIf();
      case Token.Def:
        return this.parseFunction(undefined);
      case Token.Class:
        return this.parseClass();
      case Token.For:
        return this.parseFor(undefined);
      case Token.While:
        return this.parseWhile();
      case Token.Try:
        return this.parseTry();
      case Token.With:
        return this.parseWith(undefined);
      case Token.At:
        return this.parseDecorated();
      case Token.Async:
        return this.parseAsync();
      default:
        return undefined;
    }
  }

  private parseAsync(): TreeNode {
    const async = this.take();
    if (this.at(Token.Def)) return this.parseFunction(async);
    if (this.at(Token.For)) return this.parseFor(async);
    if (!this.at(Token.With)) this.giveUp();
    return this.parseWith(async);
  }

  private parseFunction(async: TreeNode | undefined): TreeNode {
    const mark = this.top;
    if (async !== undefined) this.push(async);
    this.push(this.expect(Token.Def));
    this.push(inField('name', this.expectName()));
    this.pushTypeParameters();
    this.push(inField('parameters', this.parseParameters()));
    if (this.at(Token.Arrow)) {
      this.push(this.take());
      if (this.at(Token.Star)) this.giveUp();
      this.push(inField('return_type', this.parseType()));
    }
    this.pushBody();
    return this.finish('function_definition', mark);
  }

  private pushTypeParameters(): void {
    if (this.at(Token.BracketOpen)) this.push(inField('type_parameters', this.parseTypeArguments(true)));
  }

  private parseClass(): TreeNode {
    const mark = this.top;
    this.push(this.expect(Token.Class));
    this.push(inField('name', this.expectName()));
    this.pushTypeParameters();
    if (this.at(Token.ParenOpen)) {
      const bases = this.parseArguments();
      if (bases.type !== 'argument_list') this.giveUp();
      this.push(inField('superclasses', bases));
    }
    this.pushSuite('body');
    return this.finish('class_definition', mark);
  }

  private parseDecorated(): TreeNode {
    const mark = this.top;
    while (this.at(Token.At)) this.push(this.parseDecorator());
    this.push(inField('definition', this.parseDefinition()));
    return this.finish('decorated_definition', mark);
  }

  private parseDefinition(): TreeNode {
    if (this.at(Token.Class)) return this.parseClass();
    return this.parseFunction(this.at(Token.Async) ? this.take() : undefined);
  }

  /** A decorator ends with the comment on its line. */
  private parseDecorator(): TreeNode {
    const decorator = branch('decorator', [this.take(), this.parseNamedExpression()]);
    decorator.end = this.lineEnd;
    if (!this.at(Token.NewLine)) this.giveUp();
    this.advance();
    return decorator;
  }

  private parseWith(async: TreeNode | undefined): TreeNode {
    const mark = this.top;
    if (async !== undefined) this.push(async);
    this.push(this.expect(Token.With));
    this.push(this.parseWithClause());
    this.pushSuite('body');
    return this.finish('with_statement', mark);
  }

  private parseWithClause(): TreeNode {
    if (this.at(Token.ParenOpen)) {
      const state = this.state();
      const mark = this.top;
      const clause = this.parseParenthesizedItems(mark);
      if (!this.isGivenUp && clause !== undefined) return clause;
      this.top = mark;
      this.goBack(state);
    }
    const mark = this.top;
    const first = this.parseWithItem();
    if (this.at(Token.Colon) && mayBeItems(first.children[0]!)) this.giveUp();
    this.push(first);
    while (this.at(Token.Comma)) {
      this.push(this.take());
      this.push(this.parseWithItem());
    }
    return this.finish('with_clause', mark);
  }

  private parseWithItem(): TreeNode {
    return branch('with_item', [inField('value', this.parseContext())]);
  }

  private parseContext(): TreeNode {
    const value = this.parseExpression();
    return this.at(Token.As) ? this.finishAs(value, this.parseTargetAlias()) : value;
  }

  private parseTargetAlias(): readonly [TreeNode, TreeNode] {
    const word = this.take();
    const target = this.parsePrimary();
    if (!/^(identifier|attribute|subscript|tuple|list|parenthesized_expression)$/.test(target.type)) this.giveUp();
    return [word, target];
  }

  /** `(a as b, c)` before the `:`; undefined when the parentheses are just part of an expression. */
  private parseParenthesizedItems(mark: number): TreeNode | undefined {
    this.push(this.take());
    let items = 0;
    for (; !this.at(Token.ParenClose) && !this.isGivenUp; items += 1) {
      this.push(this.parseContext());
      if (!this.at(Token.Comma)) {
        items += 1;
        break;
      }
      this.push(this.take());
    }
    this.push(this.expect(Token.ParenClose));
    if (!this.at(Token.Colon) || items === 0) return undefined;
    const children = this.pop(mark);
    return items === 1 ? singleItem(children) : branch('with_clause', children.map(toItem));
  }

  private tryMatch(): TreeNode | undefined {
    const ahead = this.unitAhead();
    if (ahead !== ahead || AFTER_NAME.has(ahead)) return undefined;
    const state = this.state();
    const mark = this.top;
    this.pushSubjects();
    if (this.at(Token.Colon)) {
      this.push(this.take());
      if (this.at(Token.NewLine)) return this.finishMatch(mark);
    }
    this.top = mark;
    this.goBack(state);
    return undefined;
  }

  private pushSubjects(): void {
    this.push(this.takeWord('match'));
    while (!this.at(Token.Colon) && !this.isGivenUp) {
      this.push(inField('subject', this.at(Token.Star) ? this.parseStarredName() : this.parseNamedExpression()));
      if (!this.at(Token.Comma)) break;
      this.push(this.take());
    }
  }

  /** The block of `match` begins behind the `:` already. */
  private finishMatch(mark: number): TreeNode {
    const start = this.lineEnd;
    const cases = this.top;
    this.openBlock();
    while (!this.at(Token.Dedent) && !this.at(Token.End)) this.push(this.parseCase());
    const children = this.pop(cases);
    const body = new TreeNode('block', true, start, this.closeBlock(), children);
    for (const child of children) child.parent = body;
    this.push(inField('body', body));
    return this.finish('match_statement', mark);
  }

  private parseCase(): TreeNode {
    const mark = this.top;
    if (!this.isWord('case')) this.giveUp();
    this.push(this.takeWord('case'));
    this.pushCasePatterns(Token.Colon);
    if (this.top === mark + 1) this.giveUp();
    if (this.at(Token.If)) this.push(inField('guard', branch('if_clause', [this.take(), this.parseNamedExpression()])));
    this.pushSuite('consequence');
    return inField('alternative', this.finish('case_clause', mark));
  }
}

/** The grammar takes such a tuple for a list of items. */
function mayBeItems({ type, children }: TreeNode): boolean {
  return type === 'tuple' && children.some((child) => child.type === 'named_expression' || child.type === 'list_splat');
}

/** One item in parentheses is to the grammar an expression in parentheses, or a tuple. */
function singleItem(children: readonly TreeNode[]): TreeNode {
  const value = branch(children.length === 3 ? 'parenthesized_expression' : 'tuple', children);
  return branch('with_clause', [branch('with_item', [inField('value', value)])]);
}

function toItem(child: TreeNode): TreeNode {
  return child.named ? branch('with_item', [inField('value', child)]) : child;
}
