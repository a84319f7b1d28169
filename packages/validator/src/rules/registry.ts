import { bareExcept } from './bare-except';
import { compileError } from './compile-error';
import { importCycle } from './import-cycle';
import { relativeImportBeyondTop } from './relative-import-beyond-top';
import type { Rule } from './rule';
import { shadowedStdlib } from './shadowed-stdlib';
import { syntaxError } from './syntax-error';
import { undeclaredDistribution } from './undeclared-distribution';
import { undefinedName } from './undefined-name';
import { unknownSymbol } from './unknown-symbol';
import { unresolvedAttribute } from './unresolved-attribute';
import { unresolvedImport } from './unresolved-import';
import { wrongArguments } from './wrong-arguments';

/** Every rule, by id. */
export const RULES: readonly Rule[] = [
  bareExcept,
  compileError,
  importCycle,
  relativeImportBeyondTop,
  shadowedStdlib,
  syntaxError,
  undeclaredDistribution,
  undefinedName,
  unknownSymbol,
  unresolvedAttribute,
  unresolvedImport,
  wrongArguments,
];
