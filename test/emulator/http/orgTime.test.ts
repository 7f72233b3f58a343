import { expect } from 'chai';
import { systemClock } from '../../../src/base/clock.js';
import { Emulator } from '../../../src/emulator/index.js';
import { RestClient } from '../restClient.js';

describe('The time of an answer', () => {
  it('is that of the org, as the times of its records are', async () => {
    const time = Date.parse('2031-05-06T07:08:09Z');
    await using org = await Emulator.start({ clock: { ...systemClock, now: () => time } });
    const api = new RestClient(org);
    const id = await api.create('Contact', { LastName: 'Nimbus' });
    const read = await api.get(`/sobjects/Contact/${id}?fields=SystemModstamp`);
    const refused = await api.get('/sobjects/Nothing/describe');
    expect(Date.parse(read.body.SystemModstamp)).to.equal(time);
    for (const { headers } of [read, refused]) expect(Date.parse(headers.get('date') ?? '')).to.equal(time);
  });
});
