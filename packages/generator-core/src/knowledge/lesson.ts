/** A repair that was verified: what stood against a file, and the lines that mended it. */
export interface Lesson {
  /** The kind of file it was learned on. */
  readonly role: string;
  readonly rule: string;
  /** What the check said, without places. */
  readonly message: string;
  /** Lines that went, and lines that came; cut to a few. */
  readonly before: readonly string[];
  readonly after: readonly string[];
  /** The model that made the mistake last. */
  readonly model: string;
  /** How often it was mended so. */
  readonly seen: number;
}

/** By role, rule and message; two lessons that agree in them are one. */
export type Knowledge = readonly Lesson[];

export function lessonKey({ role, rule, message }: Pick<Lesson, 'role' | 'rule' | 'message'>): string {
  return [role, rule, message].join('\u0000');
}
