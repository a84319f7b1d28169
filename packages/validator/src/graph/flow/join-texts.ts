import { joinValues, textOf, type Value } from './flow-value';

const SQL =
  /\b(select\s|insert\s+into|update\s+\S+\s+set|delete\s+from|where|order\s+by|group\s+by|drop\s+(table|database|schema)|alter\s+table|create\s+(table|schema|database|user|role)|grant|truncate|union)\b/i;
const NO_HOST_YET = /^(https?:\/\/|\s*)$/i;

/** A part of a text that is put together: its literal text when it has one. */
export interface TextPart {
  readonly text: string | undefined;
  readonly value: Value;
}

/** An f-string, a sum or a format. */
export function joinTexts(parts: readonly TextPart[]): Value {
  const isSql = parts.some(({ text, value }) => value.isSql || (text !== undefined && readsLikeSql(text)));
  let isLeading = true;
  const values = parts.map(({ text, value }) => {
    const change = { isExact: false, ...(isSql ? { isSql } : {}), ...(isLeading ? {} : { isLeading: false }) };
    if (text === undefined || !(NO_HOST_YET.test(text) || /^(%s|\{)/.test(text))) isLeading = false;
    return textOf([value], change);
  });
  return isSql ? { ...joinValues(values), isSql } : joinValues(values);
}

export function readsLikeSql(text: string): boolean {
  return SQL.test(text);
}
