declare const moduleNameBrand: unique symbol;

/** An absolute dotted module name, each part a Python identifier. */
export type ModuleName = string & { readonly [moduleNameBrand]: true };

const IDENTIFIER = /^[\p{ID_Start}_][\p{ID_Continue}]*$/u;

/** Undefined when a part is not an identifier, so the name cannot be written in an import statement. */
export function parseModuleName(text: string): ModuleName | undefined {
  if (text === '') return undefined;
  return text.split('.').every((part) => IDENTIFIER.test(part)) ? (text as ModuleName) : undefined;
}
