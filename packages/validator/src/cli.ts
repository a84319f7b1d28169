#!/usr/bin/env node
import { runCommand } from './command/run-command';
import { tuneCompiler } from './system/tune-compiler';

tuneCompiler();
void runCommand({ words: process.argv.slice(2), folder: process.cwd() }).then(({ exitCode, output, errorOutput }) => {
  process.stdout.write(output);
  process.stderr.write(errorOutput);
  process.exitCode = exitCode;
});
