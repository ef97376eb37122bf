#!/usr/bin/env node
// The command line: `snap-bi`, and `npm start`.
import "./cli/bin.ts";
