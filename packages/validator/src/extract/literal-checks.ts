import { namedChildren } from '../parse/named-children';
import type { Check, Checks } from './compile-check';

const integer: Check = ({ node }, { text }) => {
  if (node.end - node.start === 1) return undefined;
  const source = text.slice(node.start, node.end);
  if (/^0[\d_]*[1-9][\d_]*$/.test(source)) {
    return {
      at: node,
      message: `'${source}' has leading zeros: write 0o${source.replace(/^0+/, '')} for an octal number, or leave them out.`,
    };
  }
  return /_$|__/.test(source) ? { at: node, message: `'${source}' is no number: '_' stands between two digits only.` } : undefined;
};

/** A malformed escape in a text that is not raw. */
const string: Check = ({ node }, { text }) => {
  const isPlain = text[node.start] === '"' || text[node.start] === "'";
  if (isPlain && !hasBackslash(text, node.start, node.end)) return undefined;
  const source = text.slice(node.start, node.end);
  const prefix = /^[a-zA-Z]*/.exec(source)![0].toLowerCase();
  // eslint-disable-next-line no-control-regex
  if (prefix.includes('b') && /[^\x00-\x7f]/.test(source)) {
    return { at: node, message: "Bytes hold ASCII characters only: write the others as '\\x…', or encode a text." };
  }
  if (prefix.includes('r') || prefix.includes('f') || prefix.includes('t')) return undefined;
  for (const [escape] of source.matchAll(/\\(?:[^\r\n]|\r\n?|\n)[^\\]{0,8}/g)) {
    if (!isMalformed(escape, prefix.includes('b'))) continue;
    return { at: node, message: `'${escape.slice(0, 2)}' begins an escape that is not complete: write '\\\\', or put r before the text.` };
  }
  return undefined;
};

/** Longer literals are looked through by the engine's own search. */
const SHORT = 32;

function hasBackslash(text: string, start: number, end: number): boolean {
  if (end - start > SHORT) return text.slice(start, end).includes('\\');
  for (let offset = start; offset < end; offset += 1) if (text.charCodeAt(offset) === 92) return true;
  return false;
}

function isMalformed(escape: string, isBytes: boolean): boolean {
  if (escape[1] === 'x') return !/^\\x[0-9a-fA-F]{2}/.test(escape);
  if (isBytes) return false;
  if (escape[1] === 'u') return !/^\\u[0-9a-fA-F]{4}/.test(escape);
  if (escape[1] === 'U') return !/^\\U(000[0-9a-fA-F]|0010)[0-9a-fA-F]{4}/.test(escape);
  return escape[1] === 'N' && escape[2] !== '{';
}

const concatenated: Check = ({ node }, { text }) => {
  const parts = namedChildren(node).filter(({ type }) => type === 'string');
  const areBytes = parts.map(({ start }) => /^[a-zA-Z]*b/i.test(text.slice(start, start + 3)));
  const other = areBytes.findIndex((isBytes) => isBytes !== areBytes[0]);
  return other < 0 ? undefined : { at: parts[other]!, message: 'Bytes and text cannot be joined: make both the same.' };
};

const conversion: Check = ({ node }, { text }) =>
  /^!\s*[rsa]$/.test(text.slice(node.start, node.end))
    ? undefined
    : { at: node, message: "Only '!r', '!s' and '!a' convert a value in a text." };

const interpolation: Check = ({ node }) => {
  const value = node.children.find(({ field }) => field === 'expression');
  return value?.type === 'lambda' ? { at: value, message: 'A lambda in a text needs parentheses: its colon ends the value.' } : undefined;
};

export const literalChecks: Checks = { interpolation, integer, string, concatenated_string: concatenated, type_conversion: conversion };
