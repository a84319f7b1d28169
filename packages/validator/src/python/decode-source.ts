import { isAscii } from 'node:buffer';

/** The text of a Python file, or why Python (or we) cannot read it: the end of a sentence, with the mend. */
export type DecodedSource =
  | { readonly kind: 'text'; readonly text: string; readonly encoding: SourceEncoding }
  /** `certain`: Python refuses the file, too. */
  | { readonly kind: 'fault'; readonly reason: string; readonly certain: boolean };

/** `utf-8`: also when a byte order mark was there; it is not part of the text. */
export type SourceEncoding = 'utf-8' | 'other';

const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];
/** PEP 263: a comment in the first or second line; in the second only when the first holds no code. */
const COOKIE = /^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)/;
const NO_CODE = /^[ \t\f]*(?:#.*)?$/;
/** Longer first lines are no cookies; no need to look further. */
const COOKIE_REACH = 1_000;
/** Encodings CPython has and this Node may lack. Other unknown names Python refuses, too. */
const KNOWN_TO_PYTHON =
  /^(cp\d+|ibm\d+|mac[\w-]*|hz(-gb(-2312)?)?|iso-?2022[\w-]*|johab|koi8[\w-]*|kz1048|ptcp154|tis-?620|utf-?7|big5-?hkscs|euc[\w-]*|shift[\w-]*|(raw-)?unicode-escape)$/;

/** Bytes of a Python file → text, as CPython decodes them: UTF-8, or what the comment of PEP 263 names. */
export function decodeSource(bytes: Uint8Array): DecodedSource {
  if (bytes.includes(0)) return fault('it contains null bytes, which no Python source may. Save it as text, or restore it', true);
  const hasMark = BYTE_ORDER_MARK.every((byte, index) => bytes[index] === byte);
  const named = cookieOf(bytes);
  const encoding = named === undefined ? 'utf-8' : normalise(named);
  if (encoding === 'utf-8') return decodeUtf8(bytes, named);
  if (hasMark) return fault(`it has the byte order mark of UTF-8 but names the encoding \`${named}\`. Remove one of the two`, true);
  return decodeOther(bytes, encoding, named!);
}

function decodeUtf8(bytes: Uint8Array, named: string | undefined): DecodedSource {
  const text = isAscii(bytes) ? asciiText(bytes) : decodeWith('utf-8', bytes);
  if (text !== undefined) return { kind: 'text', text, encoding: 'utf-8' };
  if (named !== undefined) return fault(`it is not the ${named} text its first lines say. Save it as UTF-8`, true);
  return fault('it is not UTF-8 text. Save it as UTF-8, or name its encoding in the first line, as in `# -*- coding: latin-1 -*-`', true);
}

/** What most files are: read at once, without a decoder. */
function asciiText({ buffer, byteOffset, length }: Uint8Array): string {
  return Buffer.from(buffer, byteOffset, length).toString('latin1');
}

function decodeOther(bytes: Uint8Array, encoding: string, named: string): DecodedSource {
  if (encoding === 'latin-1') return { kind: 'text', text: Buffer.from(bytes).toString('latin1'), encoding: 'other' };
  if (encoding === 'ascii') {
    if (bytes.some((byte) => byte > 0x7f)) return fault(`it is not the ${named} text its first lines say. Save it as UTF-8`, true);
    return { kind: 'text', text: Buffer.from(bytes).toString('latin1'), encoding: 'other' };
  }
  if (!isKnown(encoding)) {
    const certain = !KNOWN_TO_PYTHON.test(encoding);
    const who = certain ? 'Python does not read source in' : 'is not known here';
    return fault(`it names the encoding \`${named}\`, which ${who}. Save it as UTF-8 and remove the comment`, certain);
  }
  const text = decodeWith(encoding, bytes);
  if (text === undefined) return fault(`it is not the ${named} text its first lines say. Save it as UTF-8`, true);
  return { kind: 'text', text, encoding: 'other' };
}

function cookieOf(bytes: Uint8Array): string | undefined {
  const [first = '', second = ''] = Buffer.from(bytes.subarray(0, COOKIE_REACH))
    .toString('latin1')
    .replace(/^\u00EF\u00BB\u00BF/, '')
    .split(/\r\n|\r|\n/, 2);
  return COOKIE.exec(first)?.[1] ?? (NO_CODE.test(first) ? COOKIE.exec(second)?.[1] : undefined);
}

function normalise(name: string): string {
  const plain = name.toLowerCase().replaceAll('_', '-');
  if (/^(utf-8(-.*)?|utf8|u8|utf|cp65001)$/.test(plain)) return 'utf-8';
  if (/^((latin-1|iso-8859-1|iso-latin-1)(-.*)?|latin1|iso8859-1|l1|8859|cp819)$/.test(plain)) return 'latin-1';
  if (/^(ascii|us-ascii|646|ansi-x3\.4-1968)$/.test(plain)) return 'ascii';
  return plain.replace(/^latin-(\d+)$/, 'latin$1');
}

function isKnown(encoding: string): boolean {
  if (/^utf|^x-user-defined|^replacement|^unicode/.test(encoding)) return false;
  try {
    return new TextDecoder(encoding).encoding !== 'replacement';
  } catch {
    return false;
  }
}

function decodeWith(encoding: string, bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function fault(reason: string, certain: boolean): DecodedSource {
  return { kind: 'fault', reason, certain };
}
