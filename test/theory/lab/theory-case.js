/**
 * What the cases need of lbsim; handed in, so that tests use the sources and the long validation the built program.
 *
 * @typedef {object} Lbsim
 * @property {any} prepareExperiment
 * @property {any} Replication
 * @property {any} theory analysis/index: formulas and intervals
 */

/**
 * A number that theory knows.
 *
 * @typedef {object} Quantity
 * @property {string} name with its unit
 * @property {number} expected
 * @property {number} [within] the half-width that `npm test` asks for, as a share of `expected`; 0.02 when left out
 */

/**
 * A system that theory knows, as a scenario.
 *
 * @typedef {object} TheoryCase
 * @property {string} id
 * @property {string} says what must come out, as a sentence
 * @property {string} source literature
 * @property {number} replications
 * @property {readonly Quantity[]} quantities
 * @property {object} scenario
 * @property {(run: any) => () => number[]} observe prepares to watch a run; what it answers is called after the run and
 * gives one value per quantity
 */

/**
 * A quantity as measured.
 *
 * @typedef {object} Finding
 * @property {string} name
 * @property {number} expected
 * @property {number} mean
 * @property {number} halfWidth
 * @property {number} within
 * @property {boolean} agrees the expected value lies inside the interval
 * @property {number} requests of all replications together, after the warm-up
 * @property {number} replications
 */

export {};
