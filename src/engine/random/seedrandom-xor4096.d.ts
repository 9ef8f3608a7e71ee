/** The typings of seedrandom cover only its default entry, which reads the clock and Math.random when it is loaded. */
declare module "seedrandom/lib/xor4096.js" {
  interface Xor4096 {
    int32(): number;
  }
  export default function xor4096(seed: string): Xor4096;
}
