import { LineIndex } from '../text/line-index';

interface ShownText {
  readonly text: string;
  readonly lines: LineIndex;
}

/** Files whose places findings about the whole project tell: those are stale when lines move. Lines are counted once for each text. */
export class ShownFiles {
  private shown = new Map<string, ShownText>();
  private before = new Map<string, ShownText>();

  /** Nothing is shown any more; lines counted for the findings before are still known. */
  startAnew(): void {
    this.before = this.shown;
    this.shown = new Map();
  }

  has(path: string): boolean {
    return this.shown.has(path);
  }

  /** Notes the file, and gives the lines of its text. */
  linesOf(path: string, text: string): LineIndex {
    const known = this.shown.get(path) ?? this.before.get(path);
    const shown = known?.text === text ? known : { text, lines: new LineIndex(text) };
    this.shown.set(path, shown);
    return shown.lines;
  }
}
