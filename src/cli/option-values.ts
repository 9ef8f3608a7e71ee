import { InvalidArgumentError, Option } from "commander";
import { ratio } from "../config/values/quantity.ts";

/** Reads a whole number within limits, for commander. */
export function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < least || value > most)
      throw new InvalidArgumentError(`Expected a whole number from ${least} to ${most}.`);
    return value;
  };
}

/** Collects an option that may be repeated. */
export function several(value: string, all: readonly string[]): readonly string[] {
  return [...all, value];
}

/** Collects NAME=VALUE options. */
export function assignments(text: string, all: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const equals = text.indexOf("=");
  if (equals < 1) throw new InvalidArgumentError("Expected NAME=VALUE.");
  return { ...all, [text.slice(0, equals)]: text.slice(equals + 1) };
}

/** Largest seed that a scenario may name. */
const LARGEST_SEED = 4_294_967_295;
const MOST_REPLICATIONS = 10_000;
const MOST_THREADS = 256;
const LARGEST_REQUEST = 1_000_000_000;

export function seedOption(): Option {
  return new Option("--seed <n>", "seed of all chance (default: the scenario's, else 1)").argParser(
    wholeNumber(0, LARGEST_SEED),
  );
}

export function setOption(): Option {
  return new Option("--set <key=value>", "override scenario.KEY or proxy.KEY; may be repeated")
    .argParser(several)
    .default([], "none");
}

export function expectOption(): Option {
  return new Option("--expect <expr>", "a threshold beside those of the scenario; may be repeated")
    .argParser(several)
    .default([], "none");
}

/** "1%" or "0.01" as 0..1, within limits. */
function shareBetween(least: number, most: number): (text: string) => number {
  return (text) => {
    const outcome = ratio.read(text);
    if (!outcome.ok || outcome.value < least || outcome.value > most)
      throw new InvalidArgumentError(`Expected a share from ${least * 100}% to ${most * 100}%, e.g. 1%.`);
    return outcome.value;
  };
}

export function precisionOption(): Option {
  return new Option("--precision <share>", "add replications until every interval is this narrow, e.g. 1%").argParser(
    shareBetween(0.0001, 1),
  );
}

export function maxReplicationsOption(usual: number): Option {
  return new Option("--max-replications <n>", `with --precision: give up after so many (default: ${usual})`).argParser(
    wholeNumber(2, MOST_REPLICATIONS),
  );
}

export function toleranceOption(): Option {
  return new Option("--tolerance <share>", "with --baseline: how much worse a metric may be (default: 0%)").argParser(
    shareBetween(0, 1),
  );
}

export function replicationsOption(usual: number): Option {
  return new Option("--replications <n>", `how many replications (default: the scenario's, else ${usual})`).argParser(
    wholeNumber(1, MOST_REPLICATIONS),
  );
}

export function replicationOption(describe: string): Option {
  return new Option("--replication <k>", describe).argParser(wholeNumber(0, MOST_REPLICATIONS));
}

export function threadsOption(): Option {
  return new Option("--threads <n>", "threads to use (default: all cores)").argParser(wholeNumber(1, MOST_THREADS));
}

export function requestOption(): Option {
  return new Option("--request <n>", "the N-th request to start, counted from 0 (see requests.csv)")
    .argParser(wholeNumber(0, LARGEST_REQUEST))
    .makeOptionMandatory();
}

const MOST_POINTS = 10_000;

export function pointsOption(): Option {
  return new Option("--points <n>", "how many points a Latin hypercube has").argParser(wholeNumber(1, MOST_POINTS));
}
