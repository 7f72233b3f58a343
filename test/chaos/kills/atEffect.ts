import type { Emulator } from '../../../src/emulator/index.js';

/** Calls back when the org has so many more effects, before its caller hears of the last ones. */
export function atEffect({ effects }: Emulator, more: number, work: () => void): Disposable {
  const at = effects.total + more;
  const kept = Object.getPrototypeOf(effects).kept as () => void;
  effects.kept = () => {
    kept.call(effects);
    if (effects.total >= at) work();
  };
  return { [Symbol.dispose]: () => (effects.kept = kept) };
}
