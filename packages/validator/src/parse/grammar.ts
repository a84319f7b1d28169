import Parser from 'tree-sitter';
import Python from 'tree-sitter-python';

let parser: Parser | undefined;

/** The native parser, loaded once per thread. The only place that touches the native binding's loading. */
export function pythonParser(): Parser {
  if (parser === undefined) {
    parser = new Parser();
    parser.setLanguage(Python as unknown as Parser.Language);
  }
  return parser;
}
