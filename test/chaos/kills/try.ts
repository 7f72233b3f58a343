import { killKinds, killKindOf } from './killKinds.js';
import { tellKillStory } from './killStory.js';
import { expectEachOnceInOrder } from './killLaws.js';
const [seed, kills, level, sk, lo, wh] = process.argv.slice(2).map(Number);
const t = performance.now();
const r = await tellKillStory({ seed: seed!, kills: kills!, kind: level === 9 ? { ...killKinds.growingFile, isCareless: true } : killKinds[killKindOf(seed!)] });
console.log(r.killedWhile, 'survivors', r.survivors, 'fed', r.fed.length, 'in org', r.committed.length, r.last, Math.round(performance.now()-t)+' ms', process.cpuUsage());
expectEachOnceInOrder(r);
