#!/usr/bin/env node
import { main } from "../dist/cli/program/lbsim.js";

process.exitCode = await main(process.argv);
