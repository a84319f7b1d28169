/** What an ASCII code unit can begin. */
export enum UnitClass {
  Other,
  Space,
  LineEnd,
  Word,
  Digit,
  Quote,
  Operator,
}

/** For all units there are, so that reading from it never misses. */
export const UNIT_CLASS: Uint8Array = classify();

/** 1 for units that go on an identifier. */
export const IS_WORD: Uint8Array = UNIT_CLASS.map((unitClass) => (unitClass === UnitClass.Word || unitClass === UnitClass.Digit ? 1 : 0));

function classify(): Uint8Array {
  const classes = new Uint8Array(0x1_0000);
  const mark = (units: string, unitClass: UnitClass): void => {
    for (const unit of units) classes[unit.charCodeAt(0)] = unitClass;
  };
  mark(' \t\f', UnitClass.Space);
  mark('\n\r', UnitClass.LineEnd);
  mark('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_', UnitClass.Word);
  mark('0123456789', UnitClass.Digit);
  mark('"\'', UnitClass.Quote);
  mark('()[]{},:;.=!+-*/%@|&^~<>', UnitClass.Operator);
  return classes;
}
