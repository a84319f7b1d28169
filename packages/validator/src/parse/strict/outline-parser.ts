import { BodySkipper } from './body-skipper';
import { ModuleParser } from './module-parser';
import { Token } from './token';
import { NO_CHILDREN, TreeNode } from './tree-node';

/** Words by which a function may import, bind a name of its module, or change another module. */
const REACHES_OUT = /import|global|\bvars\s*\(|\blocals\b|\bexec\b|\bsetattr\b|\bmodules\b|\bpatch\b|_convert_/g;

/** A file without most of its functions' bodies. */
export class OutlineParser extends ModuleParser {
  private readonly skipper = new BodySkipper(this.text, (start, contentStart) => this.stringEnd(start, contentStart));
  private readonly reachingOut: readonly number[] = Array.from(this.text.matchAll(REACHES_OUT), ({ index }) => index);
  private nextReachingOut = 0;

  protected override skipBody(): TreeNode | undefined {
    const body = this.skipper.skip(this.end, this.column);
    if (body === undefined || this.isReachingOut(body.start, body.end)) return undefined;
    for (const { start, end } of body.commentsBefore) this.extras.push(new TreeNode('comment', true, start, end, NO_CHILDREN));
    this.kind = Token.NewLine;
    this.start = this.lineEnd = body.end;
    this.end = body.next;
    this.advance();
    return new TreeNode('block', true, body.start, body.end, NO_CHILDREN);
  }

  private isReachingOut(start: number, end: number): boolean {
    const { reachingOut } = this;
    while (this.nextReachingOut < reachingOut.length && reachingOut[this.nextReachingOut]! < start) this.nextReachingOut += 1;
    return this.nextReachingOut < reachingOut.length && reachingOut[this.nextReachingOut]! < end;
  }

  /** Where a string with replacement fields ends; -1 when that is in doubt. */
  private stringEnd(start: number, contentStart: number): number {
    const state = this.state();
    this.kind = Token.String;
    this.start = start;
    this.end = contentStart;
    const { end } = this.readString();
    const isGivenUp = this.isGivenUp;
    this.goBack(state);
    return isGivenUp ? -1 : end;
  }
}
