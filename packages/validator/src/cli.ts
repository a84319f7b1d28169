#!/usr/bin/env node
import { runValidate } from './command/run-validate';

const { exitCode, output, errorOutput } = runValidate({ words: process.argv.slice(2), folder: process.cwd() });
process.stdout.write(output);
process.stderr.write(errorOutput);
process.exitCode = exitCode;
