#!/usr/bin/env node
import { exitCodeFor } from './exit';
import { processTerminal } from './output';
import { buildProgram } from './program';

buildProgram(processTerminal)
  .parseAsync(process.argv)
  .then(
    () => 0,
    (error: unknown) => exitCodeFor(error, processTerminal),
  )
  .then((code) => {
    process.exitCode = code;
  })
  .catch(() => {
    process.exitCode = 70;
  });
