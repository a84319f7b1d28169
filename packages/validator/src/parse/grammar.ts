import type Parser from 'tree-sitter';

let parser: Parser | undefined;

/** The native parser, loaded once per thread and only when something is parsed. The only place that touches the native binding's loading. */
export function pythonParser(): Parser {
  if (parser !== undefined) return parser;
  /* eslint-disable @typescript-eslint/no-require-imports */
  const TreeSitter = require('tree-sitter') as typeof Parser;
  const python = require('tree-sitter-python') as Parser.Language;
  /* eslint-enable @typescript-eslint/no-require-imports */
  parser = new TreeSitter();
  parser.setLanguage(python);
  return parser;
}
