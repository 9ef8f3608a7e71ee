/**
 * The three queueing models that every engine of this benchmark runs, all with service rate 1 per server and 80 %
 * load. One event is an arrival or the end of a service.
 *
 * Mean waits: M/M/1 exactly rho / (mu - lambda) = 4; the two others from 10 runs of 10^7 customers each, to within
 * 0.0014 and 0.0012. `deviation` is the standard deviation of the mean wait times the square root of the number of
 * customers, from 200 to 300 runs; for M/M/1 exact.
 */
export const MODELS = [
  { name: "M/M/1", servers: 1, lambda: 0.8, meanWait: 4, deviation: 44.5 },
  { name: "JSQ-8", servers: 8, lambda: 6.4, meanWait: 0.4558, deviation: 5.49 },
  { name: "P2C-100", servers: 100, lambda: 80, meanWait: 0.9583, deviation: 6.11 },
];
