// The process of the command line.
import { main } from "./main.ts";

for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", ({ code, message }: NodeJS.ErrnoException) => {
    // who reads may leave, as in `snap-bi codes | head`
    if (code === "EPIPE") return;
    process.exitCode = 2;
    if (stream === process.stdout) process.stderr.write(`snap-bi: cannot write: ${message}\n`);
  });
}

// not awaited: a command is loaded meanwhile, and shares a file of the build with this one
void main(process.argv.slice(2)).then((code) => {
  // no process.exit, which would cut off what a pipe has not taken yet
  process.exitCode ??= code;
});
