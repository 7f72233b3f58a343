import { expect } from 'chai';
import { leftWrong } from '../../bench/sync/leftWrong.js';

/** `a1 b1 a2`: a member and the number of its row. */
const journals = (text: string) => text.split(' ').map((key) => ({ key, member: key.slice(0, 1) }));
const nothing = { missing: 0, doubled: 0, outOfOrder: 0, strange: 0 };
const feed = journals('a1 b1 a2 a3 b2');

describe('leftWrong', () => {
  it('finds nothing if each member has its rows in order, whatever the order of the members', () => {
    expect(leftWrong(feed, journals('b1 b2 a1 a2 a3'))).to.deep.equal(nothing);
  });

  it('counts rows that the org does not have', () => {
    expect(leftWrong(feed, journals('a1 a3 b2'))).to.deep.equal({ ...nothing, missing: 2 });
  });

  it('counts each journal of a row after the first', () => {
    expect(leftWrong(feed, journals('a1 b1 a2 a3 a1 a1 b2'))).to.deep.equal({ ...nothing, doubled: 2 });
  });

  it('counts rows that come after a later row of their member', () => {
    expect(leftWrong(feed, journals('a3 b1 a1 a2 b2'))).to.deep.equal({ ...nothing, outOfOrder: 2 });
  });

  it('counts journals that nobody asked for', () => {
    const stored = [...journals('a1 b1 a2 a3 c9'), { key: 'b2', member: 'a' }];
    expect(leftWrong(feed, stored)).to.deep.equal({ ...nothing, missing: 1, strange: 2 });
  });
});
