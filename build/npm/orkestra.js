#!/usr/bin/env node
// Starts the program of the package for this platform, with the same arguments and streams, and ends as it ends.
'use strict';
const { spawn } = require('child_process');
const { constants } = require('os');

const name = `@orkestra/${process.platform}-${process.arch}`;
let program;
try {
    program = require.resolve(`${name}/bin/orkestra${process.platform === 'win32' ? '.exe' : ''}`);
} catch {
    console.error(`orkestra: The package ${name} is not installed. Platforms: PLATFORMS. Install without --omit=optional, or use the .NET tool: dotnet tool install -g Orkestra.Cli`);
    process.exit(2);
}

const child = spawn(program, process.argv.slice(2), { stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('error', problem => {
    console.error(`orkestra: ${program} cannot be started: ${problem.message}`);
    process.exit(2);
});
child.on('exit', (code, signal) => process.exit(signal === null ? code : 128 + constants.signals[signal]));
