import { CasePatternParser } from './case-pattern-parser';
import { Token } from './token';
import { branch, inField, NO_CHILDREN, TreeNode } from './tree-node';

/** `import` and `from … import`. */
export abstract class ImportParser extends CasePatternParser {
  protected parseImport(): TreeNode {
    const mark = this.top;
    this.push(this.take());
    this.push(this.parseImportedName(true));
    while (this.at(Token.Comma)) {
      this.push(this.take());
      this.push(this.parseImportedName(true));
    }
    return this.finish('import_statement', mark);
  }

  private parseImportedName(mayBeDotted: boolean): TreeNode {
    const name = inField('name', mayBeDotted ? this.parseDottedName() : branch('dotted_name', [this.expectName()]));
    if (!this.at(Token.As)) return name;
    return inField('name', branch('aliased_import', [name, this.take(), inField('alias', this.expectName())]));
  }

  protected parseFromImport(): TreeNode {
    const mark = this.top;
    this.push(this.take());
    const isFuture = this.isWord('__future__');
    if (isFuture) this.push(this.takeWord('__future__'));
    else this.push(inField('module_name', this.parseModuleName()));
    this.push(this.expect(Token.Import));
    if (this.at(Token.Star) && !isFuture) this.push(branch('wildcard_import', [this.take()]));
    else if (this.at(Token.ParenOpen)) this.pushParenthesizedNames();
    else this.pushNames();
    return this.finish(isFuture ? 'future_import_statement' : 'import_from_statement', mark);
  }

  private parseModuleName(): TreeNode {
    if (!this.at(Token.Dot) && !this.at(Token.Ellipsis)) return this.parseDottedName();
    const mark = this.top;
    while (this.at(Token.Dot) || this.at(Token.Ellipsis)) this.pushDots();
    const prefix = this.finish('import_prefix', mark);
    return this.at(Token.Import) ? branch('relative_import', [prefix]) : branch('relative_import', [prefix, this.parseDottedName()]);
  }

  private pushDots(): void {
    for (let offset = this.start; offset < this.end; offset += 1) this.push(new TreeNode('.', false, offset, offset + 1, NO_CHILDREN));
    this.advance();
  }

  private pushNames(): void {
    this.push(this.parseImportedName(false));
    while (this.at(Token.Comma)) {
      this.push(this.take());
      this.push(this.parseImportedName(false));
    }
  }

  private pushParenthesizedNames(): void {
    this.mayBeEmpty = false;
    this.push(this.take());
    this.mayBeEmpty = true;
    this.push(this.parseImportedName(false));
    while (this.at(Token.Comma)) {
      this.push(this.take());
      if (this.at(Token.ParenClose)) break;
      this.push(this.parseImportedName(false));
    }
    this.push(this.expect(Token.ParenClose));
  }
}
