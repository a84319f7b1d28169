import type { ReadMemo } from '../../algorithms/read-memo';
import type { ModuleSummary } from '../../extract/module-summary';

/** Questions that any file can answer with yes. An answer is known to the memo, and dropped only when some file's part in it changed. */
export class ProjectRemarks {
  private readonly asked = new Map<string, (summary: ModuleSummary) => boolean>();

  constructor(
    private readonly summaries: ReadonlyMap<string, ModuleSummary>,
    private readonly memo: ReadMemo,
  ) {}

  /** `relationship(backref="orders")` and assignments from outside put attributes on classes. */
  isAddedSomewhere(name: string): boolean {
    const isQuoted = new RegExp(`["']${name}["']`);
    return this.ask(
      `added\0${name}`,
      ({ text, storedAttributes }) => storedAttributes.has(name) || (ADDS.test(text) && isQuoted.test(text)),
    );
  }

  hasOwnConverters(): boolean {
    return this.ask('converters\0', ({ text }) => CONVERTERS.test(text));
  }

  /** The questions to which this file's part of the answer changed. */
  changedBy(before: ModuleSummary | undefined, after: ModuleSummary | undefined): readonly string[] {
    const says = (summary: ModuleSummary | undefined, asked: (summary: ModuleSummary) => boolean): boolean =>
      summary !== undefined && asked(summary);
    return [...this.asked].filter(([, asked]) => says(before, asked) !== says(after, asked)).map(([question]) => question);
  }

  private ask(question: string, asked: (summary: ModuleSummary) => boolean): boolean {
    this.asked.set(question, asked);
    return this.memo.compute(`answer\0${question}`, () => {
      this.memo.note(question);
      return [...this.summaries.values()].some(asked);
    });
  }
}

const ADDS = /backref|add_property|setattr\(|automap/;
const CONVERTERS = /register_url_convertor|CONVERTOR_TYPES/;
