import { LoyaltyClient } from 'sf-plugin-loyalty';
import { Emulator } from 'sf-plugin-loyalty/emulator';
import { createProgram, readDefinition } from 'sf-plugin-loyalty/program';

const { definition } = await readDefinition(process.argv[2] ?? 'program.yml');
await using org = await Emulator.start();
const client = await LoyaltyClient.connect({ instanceUrl: org.url, clientId: 'me', clientSecret: 'none' });
const { counts } = await createProgram(client, definition);
console.log(`"${definition.name}" is in the org:`, counts);
