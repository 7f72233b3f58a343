/** A local org in a separate process. Tells its parent where it listens and, when asked, its memory in megabytes. */
import { Emulator } from '../src/emulator/index.js';

const { url, accessToken } = await Emulator.start();
process.on('message', () => process.send?.(process.memoryUsage().rss / 2 ** 20));
process.on('disconnect', () => process.exit());
process.send?.({ url, accessToken });
