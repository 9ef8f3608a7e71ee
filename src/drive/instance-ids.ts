import { grownInt32 } from "../engine/growing.ts";

const NOBODY = -1;

/**
 * Ids that the driver gives (client connections, requests), numbered anew for each of several machines, so that each sees
 * small dense numbers of its own. A number is free again when the driver gives its id to the next one: it does so only when
 * both sides have let go.
 */
export class InstanceIds {
  /** By the driver's id: the instance that has it, or NOBODY. */
  private instances = new Int32Array(64).fill(NOBODY);
  /** By the driver's id: its number there. */
  private numbers = new Int32Array(64);
  /** By instance and number: the driver's id. */
  private readonly drivers: Int32Array<ArrayBuffer>[];
  private readonly free: number[][];
  private readonly used: number[];

  constructor(count: number) {
    this.drivers = Array.from({ length: count }, () => new Int32Array(64));
    this.free = Array.from({ length: count }, () => []);
    this.used = new Array<number>(count).fill(0);
  }

  /** The driver gives an id anew, to an instance; its number there. */
  give(id: number, instance: number): number {
    this.instances = grownInt32(this.instances, id, NOBODY);
    this.numbers = grownInt32(this.numbers, id);
    const before = this.instances[id] as number;
    if (before !== NOBODY) (this.free[before] as number[]).push(this.numbers[id] as number);
    const number = (this.free[instance] as number[]).pop() ?? this.nextNumber(instance);
    this.instances[id] = instance;
    this.numbers[id] = number;
    const driver = grownInt32(this.drivers[instance] as Int32Array<ArrayBuffer>, number);
    driver[number] = id;
    this.drivers[instance] = driver;
    return number;
  }

  /** Instance that has one of the driver's ids. */
  instanceOf(id: number): number {
    return this.instances[id] as number;
  }

  /** Number of one of the driver's ids in its instance. */
  numberOf(id: number): number {
    return this.numbers[id] as number;
  }

  /** The driver's id of a number of an instance. */
  driverId(instance: number, number: number): number {
    return (this.drivers[instance] as Int32Array)[number] as number;
  }

  private nextNumber(instance: number): number {
    const number = this.used[instance] as number;
    this.used[instance] = number + 1;
    return number;
  }
}
